internal import Penstock

/// The JSON in which containers' agents and EC2's metadata service hand out credentials.
enum CredentialDocument {
    /// What is wrong with it, as a clause that goes on from the server's name; shows nothing of it
    /// but the server's own code.
    struct Fault: Error { let clause: String }

    static func read(_ body: [UInt8]) throws(Fault) -> Credentials {
        guard let json = try? Value(json: body, maximumDepth: 16), json.kind == .map else {
            throw Fault(clause: "answered with something that is not a JSON object")
        }
        if let code = json["Code"]?.string, code != "Success" {
            throw Fault(clause: "answered with \(name(code)) instead of credentials")
        }
        let token = try text("Token", json)
        return Credentials(
            accessKeyID: try required("AccessKeyId", json),
            secretAccessKey: try required("SecretAccessKey", json), sessionToken: token,
            expiration: try expiration(json, isRequired: token != nil),
            accountID: try text("AccountId", json))
    }

    /// A member's text; nil where there is none.
    private static func text(_ name: String, _ json: Value) throws(Fault) -> String? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let text = value.string else {
            throw Fault(clause: "answered with a \(name) that is no text")
        }
        // They go into the headers of requests.
        guard text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw Fault(clause: "answered with a \(name) that holds spaces or control characters")
        }
        return text.isEmpty ? nil : text
    }

    private static func required(_ name: String, _ json: Value) throws(Fault) -> String {
        guard let text = try text(name, json) else {
            throw Fault(clause: "answered without \(name)")
        }
        return text
    }

    /// The end of the credentials; who gives a session token has to say how long it lasts, or it
    /// would never be renewed.
    private static func expiration(
        _ json: Value, isRequired: Bool
    ) throws(Fault) -> Timestamp? {
        guard let text = try text("Expiration", json) else {
            if isRequired { throw Fault(clause: "answered without Expiration") }
            return nil
        }
        guard let expiration = Timestamp(iso8601: text) else {
            throw Fault(clause: "answered with an Expiration that is no date")
        }
        return expiration
    }

    /// A code as it may be shown: letters and digits, not many.
    private static func name(_ code: String) -> String {
        let isName =
            1...64 ~= code.utf8.count
            && code.utf8.allSatisfy {
                0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0
            }
        return isName ? "the code \(code)" : "an error"
    }
}
