public import Penstock

/// Why a request could not be signed; never names its values or the credentials.
public struct SigningError: Error, Hashable, Sendable {
    /// What went wrong.
    public struct Code: Hashable, Sendable {
        let text: String

        /// The address is not `scheme://host/path?query`.
        public static let malformedURL = Code(text: "malformed URL")
        /// A header's name is empty or holds something else than the characters of a token.
        public static let malformedHeader = Code(text: "malformed header")
        /// The lifetime asked for is not between 1 second and 7 days.
        public static let invalidExpiration = Code(text: "invalid expiration")
        /// The moment lies outside the years 0 to 9999.
        public static let invalidTime = Code(text: "invalid time")
        /// OpenSSL gives no SHA-256: its configuration on this machine disables it.
        public static let cryptographyUnavailable = Code(text: "cryptography unavailable")
    }

    /// What went wrong.
    public let code: Code
    /// Signing is a pure function: trying again gives the same error.
    public var kind: ErrorKind { .fatal }

    init(_ code: Code) { self.code = code }
}

extension SigningError: CustomStringConvertible {
    /// One sentence for people.
    public var description: String { "The request cannot be signed: \(code.text)." }
}
