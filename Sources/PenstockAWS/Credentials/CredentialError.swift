public import Penstock

/// Why there are no credentials; names sources and variables, never what they hold.
public struct CredentialError: Error, Hashable, Sendable {
    /// What went wrong.
    public struct Code: Hashable, Sendable {
        let text: String

        /// Nobody set this source up.
        public static let notConfigured = Code(text: "not configured")
        /// A part of the credentials is missing.
        public static let incomplete = Code(text: "incomplete")
        /// The source cannot be read.
        public static let unreadable = Code(text: "unreadable")
        /// The source asks for a way of getting credentials that this version does not know.
        public static let unsupported = Code(text: "unsupported")
        /// The source did not answer, or not with success; it may later.
        public static let unavailable = Code(text: "unavailable")
        /// The source answered that it gives no credentials to whoever asked.
        public static let refused = Code(text: "refused")
        /// The source's settings contradict each other or make no sense.
        public static let invalid = Code(text: "invalid")
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

    /// A source that did not answer may heal; nothing else does by itself.
    public var kind: ErrorKind { code == .unavailable ? .retriable : .fatal }
}

extension CredentialError: CustomStringConvertible {}
