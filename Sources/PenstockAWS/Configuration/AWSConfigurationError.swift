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
