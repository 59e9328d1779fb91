import Foundation
import PenstockIO

/// What of a request has to be as it was recorded, and where it is not.
///
/// Not compared is what only belongs to the client that made the recording: its user agents,
/// signatures, dates and the lengths that follow from them, and session names that it made up.
struct RequestComparison {
    let recorded: RecordedTraffic.Exchange
    let request: HTTPRequest

    /// One clause for each difference.
    var differences: [String] {
        var found: [String] = []
        if request.method != recorded.method {
            found.append("the method is \(request.method), recorded is \(recorded.method)")
        }
        if Self.parts(request.url) != Self.parts(recorded.uri) {
            found.append("the address is \(request.url), recorded is \(recorded.uri)")
        }
        return found + headerDifferences + bodyDifferences
    }

    // MARK: Headers

    private static let compared: Set<String> = [
        "accept", "content-type", "x-amz-security-token", "x-amz-sso_bearer_token",
        "x-aws-ec2-metadata-token", "x-aws-ec2-metadata-token-ttl-seconds",
    ]

    private var headerDifferences: [String] {
        recorded.headers.flatMap { name, values in
            let sent = request.headers[name]
            let expected = values.joined(separator: ",")
            if name.lowercased() == "authorization" {
                return Self.scope(sent) == Self.scope(expected)
                    ? [] : ["the signature is of \(Self.scope(sent)), not \(Self.scope(expected))"]
            }
            guard Self.compared.contains(name.lowercased()), sent != expected else { return [] }
            return ["the header \(name) is \(sent ?? "not there"), recorded is \(expected)"]
        }
    }

    /// Access key, region and service of a signature.
    private static func scope(_ authorization: String?) -> [String] {
        let credential = authorization?.split(separator: "Credential=").last?.prefix { $0 != "," }
        let parts = credential?.split(separator: "/").map(String.init) ?? []
        return parts.count == 5 ? [parts[0], parts[2], parts[3]] : []
    }

    // MARK: Body

    /// Names that a client made up out of its own name and the time.
    private static let madeUpSessionNames = [
        "assume-role-from-profile-", "assume-role-provider-session", "web-identity-token-profile-",
    ]

    /// In these recordings the publisher has replaced the token and the account of the role, so
    /// that they are not those of the scenario's own files.
    private static let replacedByPublisher: Set<String> = ["RoleArn", "WebIdentityToken"]

    private var bodyDifferences: [String] {
        let sent = String(decoding: request.body, as: UTF8.self)
        let expected = String(decoding: recorded.body, as: UTF8.self)
        guard recorded.headers["content-type"] == ["application/x-www-form-urlencoded"] else {
            return sent == expected ? [] : ["the body differs"]
        }
        let (form, recordedForm) = (Self.form(sent), Self.form(expected))
        return Set(form.keys).union(recordedForm.keys).sorted().compactMap { name in
            let value = recordedForm[name]
            if form[name] != nil, let value, isForeign(name, value, recordedForm) { return nil }
            guard form[name] != value else { return nil }
            return "\(name) is \(form[name] ?? "not there"), recorded is \(value ?? "none")"
        }
    }

    private func isForeign(_ name: String, _ value: String, _ form: [String: String]) -> Bool {
        if name == "RoleSessionName" {
            return Self.madeUpSessionNames.contains { value.hasPrefix($0) }
        }
        return form["Action"] == "AssumeRoleWithWebIdentity"
            && Self.replacedByPublisher.contains(name)
    }

    static func form(_ text: String) -> [String: String] {
        var form: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            form[String(parts[0])] = parts.last?.removingPercentEncoding ?? ""
        }
        return form
    }

    /// An address without regard to the order of its query and to an empty path.
    private static func parts(_ address: String) -> [String] {
        let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
        let base = parts[0].hasSuffix("/") ? String(parts[0].dropLast()) : parts[0]
        return [base]
            + (parts.count > 1 ? parts[1].split(separator: "&") : []).map(String.init)
            .sorted()
    }
}
