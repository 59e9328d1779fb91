public import Penstock

/// Why there is no token; holds no secret.
public struct TokenError: Error, Hashable, Sendable {
    /// What went wrong.
    public struct Code: Hashable, Sendable {
        let text: String

        /// The identity provider did not answer, or not with success; it may later.
        public static let unavailable = Code(text: "unavailable")
        /// The identity provider refuses this client.
        public static let refused = Code(text: "refused")
        /// The answer is not what an identity provider would send.
        public static let malformed = Code(text: "malformed")
        /// A setting is wrong, or the credentials that the token is made of are missing.
        public static let configuration = Code(text: "configuration")
    }

    /// What went wrong.
    public let code: Code
    /// One sentence for people.
    public let description: String

    /// Makes an error for a provider of one's own; the sentence must not hold secrets.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// A provider that did not answer may heal; nothing else does by itself.
    public var kind: ErrorKind { code == .unavailable ? .retriable : .fatal }
}

extension TokenError: CustomStringConvertible {}

extension TokenError.Code: CustomStringConvertible {
    /// The code's name.
    public var description: String { text }
}
