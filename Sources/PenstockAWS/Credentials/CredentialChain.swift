/// Sources of credentials that are asked one after the other; the first that was set up decides.
///
/// A source that was set up and fails ends the search: falling through to the next would run a
/// program under credentials that nobody meant.
public struct CredentialChain: CredentialProvider {
    /// One link of the chain.
    public struct Source: Sendable {
        let name: String
        let provider: any CredentialProvider

        /// Names a provider for messages.
        public init(_ name: String, _ provider: any CredentialProvider) {
            self.name = name
            self.provider = provider
        }
    }

    private let sources: [Source]

    /// Asks these sources in this order.
    public init(_ sources: [Source]) { self.sources = sources }

    /// AWS's own chain: environment variables, the shared files, web identity, container.
    ///
    /// Web identities and containers are refused by name where they are set up. A profile named
    /// here, in code, goes before the environment variables.
    public init(profile: String? = nil, environment: AWSEnvironment = .process) {
        let variables = Source("environment", EnvironmentCredentials(environment))
        let files = Source(
            "profile", ProfileCredentials(profile: profile, environment: environment))
        let webIdentity = Source(
            "web identity",
            UnsupportedCredentials(
                environment: environment, name: "a web identity",
                variables: ["AWS_WEB_IDENTITY_TOKEN_FILE"]))
        let container = Source(
            "container",
            UnsupportedCredentials(
                environment: environment, name: "a container's credentials",
                variables: [
                    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                ]))
        sources = (profile == nil ? [variables] : []) + [files, webIdentity, container]
    }

    /// The credentials of the first source that has any.
    ///
    /// - Throws: ``CredentialError``: of the source that failed, or, with `notConfigured`, what was
    ///   tried and why each source had nothing.
    public func credentials() async throws(CredentialError) -> Credentials {
        var tried: [String] = []
        for source in sources {
            do {
                return try await source.provider.credentials()
            } catch {
                tried.append("\(source.name): \(error.description)")
                guard error.code == .notConfigured else {
                    throw CredentialError(error.code, Self.sentence(tried))
                }
            }
        }
        throw CredentialError(.notConfigured, Self.sentence(tried))
    }

    private static func sentence(_ tried: [String]) -> String {
        "No AWS credentials. Tried " + tried.joined(separator: " Then ")
    }
}
