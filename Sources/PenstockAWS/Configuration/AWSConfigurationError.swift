public import Penstock

/// Why the settings for AWS could not be found or read; never shows values of the files.
public struct AWSConfigurationError: Error, Hashable, Sendable {
    /// What went wrong.
    public struct Code: Hashable, Sendable {
        let text: String

        /// No region is set anywhere.
        public static let missingRegion = Code(text: "missing region")
        /// The region holds something else than letters, digits and hyphens.
        public static let invalidRegion = Code(text: "invalid region")
        /// The endpoint is no `http` or `https` address of a host.
        public static let invalidEndpoint = Code(text: "invalid endpoint")
        /// FIPS, dual stack or an account's own host are asked for where there is none.
        public static let conflictingEndpoint = Code(text: "conflicting endpoint")
        /// A variable or property holds something that it does not take.
        public static let invalidSetting = Code(text: "invalid setting")
        /// A variable or property names a proxy that is none.
        public static let invalidProxy = Code(text: "invalid proxy")
        /// The file of certificate authorities is missing or holds none.
        public static let invalidAuthorities = Code(text: "invalid authorities")
        /// A shared file cannot be read or breaks the grammar.
        public static let unreadableFile = Code(text: "unreadable file")
        /// The profile that was named is in neither file.
        public static let unknownProfile = Code(text: "unknown profile")
    }

    /// What went wrong.
    public let code: Code
    /// One sentence for people.
    public let description: String
    /// Trying again cannot help.
    public var kind: ErrorKind { .fatal }

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

extension AWSConfigurationError: CustomStringConvertible {}
