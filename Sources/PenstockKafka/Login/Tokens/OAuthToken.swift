public import Penstock

/// A token with which a client logs in to Kafka by SASL/OAUTHBEARER.
///
/// The token's text appears in no description, dump or mirror.
public struct OAuthToken: Hashable, Sendable {
    /// The token as it goes to the broker; a secret.
    public let value: String
    /// The name it stands for, in the client's own log lines only.
    public let principal: String
    /// When it begins to be good; renewal counts from here.
    public let issued: Timestamp
    /// When it ends.
    public let expiration: Timestamp
    /// SASL extensions that go with it (RFC 7628), by name.
    public let extensions: [String: String]

    /// Makes a token of its parts.
    public init(
        value: String, principal: String, issued: Timestamp, expiration: Timestamp,
        extensions: [String: String] = [:]
    ) {
        self.value = value
        self.principal = principal
        self.issued = issued
        self.expiration = expiration
        self.extensions = extensions
    }
}

extension OAuthToken {
    /// What is wrong with the token, by the rules of SASL (RFC 7628, section 3.1) and of librdkafka.
    ///
    /// Nothing of the token itself is shown.
    func fault(at now: Timestamp) -> String? {
        if value.isEmpty || !value.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) {
            return "The token is empty, or not of printable characters alone."
        }
        if expiration.milliseconds <= now.milliseconds {
            return "The token has ended already; this machine's clock may be wrong."
        }
        // Beyond the year 9999 the library's own arithmetic overflows.
        if expiration.milliseconds > 253_402_300_800_000 {
            return "The token's end is no time: an end in some years is as good as none."
        }
        for (name, value) in extensions where !Self.isExtension(name, value) {
            return "An extension of the token is not allowed: names are letters alone but not "
                + "auth, values printable text."
        }
        return nil
    }

    /// Whether a SASL extension may be sent.
    static func isExtension(_ name: String, _ value: String) -> Bool {
        let isName =
            !name.isEmpty && name != "auth"
            && name.utf8.allSatisfy { 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 }
        return isName
            && value.utf8.allSatisfy { 0x20...0x7E ~= $0 || [0x09, 0x0A, 0x0D].contains($0) }
    }
}

extension OAuthToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Whose it is and when it ends.
    public var description: String { "OAuthToken(\(principal), until \(expiration.milliseconds))" }

    /// The same as `description`.
    public var debugDescription: String { description }

    /// The parts that may be shown.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "value": "[hidden]", "principal": principal,
                "expiration": expiration.milliseconds,
            ])
    }
}
