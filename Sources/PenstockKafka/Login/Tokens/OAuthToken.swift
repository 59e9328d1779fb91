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
