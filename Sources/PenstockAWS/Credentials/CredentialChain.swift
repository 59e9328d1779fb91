public import PenstockIO
internal import Synchronization

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

    /// What one source of a chain said.
    package struct Attempt: Sendable {
        /// The source's name.
        package let source: String
        /// Credentials, or why there are none.
        package let outcome: Result<Credentials, CredentialError>
    }

    private let sources: [Source]
    /// Where a search is, for messages; of several at once the last that began to ask.
    private let progress = Progress()
    /// The clock that the sources put right.
    package let serviceClock: ServiceClock?

    private final class Progress: Sendable {
        let source = Mutex<String?>(nil)
    }

    /// Asks these sources in this order.
    public init(_ sources: [Source]) {
        self.sources = sources
        serviceClock =
            sources.lazy.compactMap { ($0.provider as? any ServiceTimed)?.serviceClock }
            .first
    }

    /// AWS's own chain: environment variables, the shared files, web identity, the container's
    /// agent, EC2's metadata service.
    ///
    /// All of them share their connections. A profile named here, in code, goes before the
    /// environment variables.
    ///
    /// - Parameters:
    ///   - profile: The profile of the shared files; nil for that of `AWS_PROFILE`, or `default`.
    ///   - environment: Variables and files; this process's and machine's by default.
    ///   - http: How services are connected to; nil takes proxy and certificate authorities from
    ///     the environment.
    public init(
        profile: String? = nil, environment: AWSEnvironment = .process,
        http: HTTPClientConfiguration? = nil
    ) {
        self.init(
            profile: profile,
            context: AWSContext(environment: environment, profile: profile, http: http))
    }

    /// AWS's own chain in a context; services are connected to as a profile named here says.
    package init(profile: String? = nil, context: AWSContext) {
        let context = context.using(profile: profile)
        let variables = Source("environment", EnvironmentCredentials(context.environment))
        let files = Source("profile", ProfileCredentials(profile: profile, context: context))
        let webIdentity = Source(
            "web identity", WebIdentityCredentials(context: context, profile: profile))
        let container = Source("container", ContainerCredentials(context: context))
        let instance = Source(
            "instance metadata",
            InstanceMetadataCredentials(context: context, profile: profile, isLastResort: true))
        serviceClock = context.clock
        sources = (profile == nil ? [variables] : []) + [files, webIdentity, container, instance]
    }

    /// The credentials of the first source that has any.
    ///
    /// - Throws: ``CredentialError``: of the source that failed, or, with `notConfigured`, what was
    ///   tried and why each source had nothing.
    public func credentials() async throws(CredentialError) -> Credentials {
        let attempts = await inspect()
        let tried = attempts.compactMap { attempt -> String? in
            guard case .failure(let error) = attempt.outcome else { return nil }
            return "\(attempt.source): \(error.description)"
        }
        switch attempts.last?.outcome {
        case .success(let credentials): return credentials
        case .failure(let error): throw CredentialError(error.code, Self.sentence(tried))
        case nil: throw CredentialError(.notConfigured, "No AWS credentials: no source is set up.")
        }
    }

    /// Asks the sources as ``credentials()`` does and tells what each of them said.
    ///
    /// - Returns: The sources that were asked, in order. The last one gave credentials or ended the
    ///   search by failing, or there is no other.
    package func inspect() async -> [Attempt] {
        var attempts: [Attempt] = []
        defer { progress.source.withLock { $0 = nil } }
        for source in sources {
            progress.source.withLock { $0 = source.name }
            do throws(CredentialError) {
                let credentials = try await source.provider.credentials()
                return attempts + [Attempt(source: source.name, outcome: .success(credentials))]
            } catch {
                attempts.append(Attempt(source: source.name, outcome: .failure(error)))
                if error.code != .notConfigured { break }
            }
        }
        return attempts
    }

    private static func sentence(_ tried: [String]) -> String {
        "No AWS credentials. Tried " + tried.joined(separator: " Then ")
    }
}

extension CredentialChain: ServiceTimed, ProgressReporting {
    /// The source that is being asked.
    package var sourceInProgress: String? { progress.source.withLock { $0 } }
}
