internal import Penstock
public import PenstockIO
internal import Synchronization

/// Credentials that a profile of the shared files leads to: `~/.aws/config` and
/// `~/.aws/credentials`.
///
/// A profile holds keys itself, or leads to a role (`role_arn` with `source_profile` or
/// `credential_source`, also through several profiles), a web identity, single sign-on or a program
/// that prints credentials. Roles that want a code typed in (`mfa_serial`) and `login_session` are
/// refused by name. A program is run only where both files belong to this process's user or to
/// root and nobody else may write them.
///
/// The files are read anew at each call. While they say the same, the credentials that roles are
/// taken on with are kept.
public struct ProfileCredentials: CredentialProvider {
    private let context: AWSContext
    private let profile: String?
    private let lastRun = LastRun()

    /// Reads a profile.
    ///
    /// - Parameters:
    ///   - profile: Its name; nil for the one of `AWS_PROFILE`, or `default`.
    ///   - environment: Variables and files; this process's and machine's by default.
    ///   - http: How AWS is connected to; nil takes proxy and certificate authorities from the
    ///     environment.
    public init(
        profile: String? = nil, environment: AWSEnvironment = .process,
        http: HTTPClientConfiguration? = nil
    ) {
        self.init(
            profile: profile,
            context: AWSContext(environment: environment, profile: profile, http: http))
    }

    /// Reads a profile in a context; services are connected to as a profile named here says.
    package init(profile: String? = nil, context: AWSContext) {
        self.profile = profile
        self.context = context.using(profile: profile)
    }

    /// The credentials that the profile leads to.
    ///
    /// - Throws: ``CredentialError``: `notConfigured` where the profile is not there or says nothing
    ///   of credentials; `unreadable` where a file cannot be read or the profile that was asked for
    ///   is not there; `incomplete`, `invalid` and `unsupported` where it cannot be followed; and
    ///   what the ways throw that it leads to.
    public func credentials() async throws(CredentialError) -> Credentials {
        let files: AWSProfile
        do {
            files = try AWSProfile(context.environment, name: profile)
        } catch {
            throw CredentialError(.unreadable, error.description)
        }
        let plan = try ProfilePlan(of: files.name, in: files.profiles)
        if case .process = plan.source { try checkOwners() }
        do {
            return try await lastRun.provider(for: plan, or: makeProvider).credentials()
        } catch {
            // The profile was meant: a chain must not go on to other credentials.
            guard error.code == .notConfigured else { throw error }
            throw CredentialError(
                .incomplete, "The profile \"\(files.name)\" leads nowhere: \(error.description)")
        }
    }

    /// A program is run only where nobody else can have named it.
    private func checkOwners() throws(CredentialError) {
        let locations = ProfileLocations(context.environment, profile: profile)
        for path in [locations.config, locations.credentials].compactMap(\.self)
        where (try? context.environment.isTrusted(path)) != true {
            throw CredentialError(
                .invalid,
                "credential_process is not run: others than this user and root may have written "
                    + "\(path). Its owner and mode must rule that out (chmod go-w).")
        }
    }

    private func makeProvider(_ plan: ProfilePlan) -> any CredentialProvider {
        let sts = STSClient(context, profile: profile)
        return plan.roles.reduce(source(plan.source)) { source, role in
            AssumeRole(role, sts: sts, source: source)
        }
    }

    private func source(_ source: ProfilePlan.Source) -> any CredentialProvider {
        switch source {
        case .keys(let credentials): credentials
        case .named(.environment): EnvironmentCredentials(context.environment)
        case .named(.container): ContainerCredentials(context: context)
        case .named(.instance): InstanceMetadataCredentials(context: context, profile: profile)
        case .webIdentity(let settings):
            WebIdentityCredentials(settings, sts: STSClient(context, profile: profile))
        case .singleSignOn(let settings):
            SSOCredentials(settings, endpointsOf: profile, context: context)
        case .process(let command, let account):
            ProcessCredentials(
                command: command, environment: context.environment, accountID: account)
        }
    }
}

extension ProfileCredentials: ServiceTimed {
    /// That of the calls that the profile leads to.
    package var serviceClock: ServiceClock? { context.clock }
}

/// The plan that was followed last, with the provider made of it and what this one keeps.
private final class LastRun: Sendable {
    private let last = Mutex<(plan: ProfilePlan, provider: any CredentialProvider)?>(nil)

    func provider(
        for plan: ProfilePlan, or make: (ProfilePlan) -> any CredentialProvider
    ) -> any CredentialProvider {
        last.withLock { last in
            if let last, last.plan == plan { return last.provider }
            let provider = make(plan)
            last = (plan, provider)
            return provider
        }
    }
}
