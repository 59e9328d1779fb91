internal import Penstock
public import PenstockIO

/// Credentials of a role, which is taken on with the token of an identity provider.
///
/// This is how pods of EKS get theirs where a role is bound to the service account (IRSA): the
/// variables `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN` and `AWS_ROLE_SESSION_NAME` say which.
/// The token's file is read anew at each call, since its owner replaces it now and then.
public struct WebIdentityCredentials: CredentialProvider {
    /// The largest token that is taken, in bytes.
    static let maximumTokenBytes = 64 << 10

    private let settings: WebIdentitySettings?
    private let sts: STSClient

    /// Takes on the role that the environment names.
    ///
    /// - Parameters:
    ///   - environment: Variables and files; this process's and machine's by default.
    ///   - http: How STS is connected to; nil takes proxy and certificate authorities from the
    ///     environment.
    public init(environment: AWSEnvironment = .process, http: HTTPClientConfiguration? = nil) {
        self.init(context: AWSContext(environment: environment, http: http))
    }

    /// Takes on a role that is named here.
    ///
    /// - Parameters:
    ///   - arn: The role's ARN.
    ///   - tokenFile: The path of the file that holds the token, at most 64 KB.
    ///   - sessionName: The session's name in AWS's logs; nil makes one: `penstock-` and the time.
    ///   - duration: How long the credentials last, 15 minutes to the role's maximum; nil for an
    ///     hour.
    ///   - policy: A policy that narrows what the role may, in JSON.
    ///   - region: Where STS is asked; nil for the region of the environment or the profile.
    ///   - environment: Variables and files; this process's and machine's by default.
    ///   - http: How STS is connected to; nil takes proxy and certificate authorities from the
    ///     environment.
    public init(
        arn: String, tokenFile: String, sessionName: String? = nil, duration: Duration? = nil,
        policy: String? = nil, region: String? = nil, environment: AWSEnvironment = .process,
        http: HTTPClientConfiguration? = nil
    ) {
        let role = RoleSettings(
            arn: arn, sessionName: sessionName, duration: duration, policy: policy)
        self.init(
            WebIdentitySettings(role: role, tokenFile: tokenFile),
            sts: STSClient(AWSContext(environment: environment, http: http), region: region))
    }

    /// Takes on the role that the context's environment names; a profile may name the endpoint.
    package init(context: AWSContext, profile: String? = nil) {
        self.init(nil, sts: STSClient(context, profile: profile))
    }

    init(_ settings: WebIdentitySettings?, sts: STSClient) {
        self.settings = settings
        self.sts = sts
    }

    /// Credentials of the role.
    ///
    /// - Throws: ``CredentialError``: `notConfigured` where no token's file is named, `incomplete`
    ///   where no role or no region is, `unreadable` where the file holds no token, `refused` where
    ///   STS says no, `unavailable` where it did not answer or not with sense.
    public func credentials() async throws(CredentialError) -> Credentials {
        let environment = sts.caller.context.environment
        let settings: WebIdentitySettings =
            if let settings { settings } else { try WebIdentitySettings(environment) }
        let token = try settings.token(environment)
        let endpoint = try sts.endpoint(forRole: settings.role.arn)
        let name = settings.role.sessionName(at: sts.caller.context.now())
        do {
            let document = try await sts.send(
                .assumeRole(settings.role, sessionName: name, webIdentityToken: token),
                to: endpoint)
            return try Credentials(document, of: "AssumeRoleWithWebIdentityResult")
        } catch {
            throw error.credentialError(
                "STS gave no credentials of the role \(settings.role.arn) for the web "
                    + "identity", hiding: [token])
        }
    }
}

extension WebIdentityCredentials: ServiceTimed {
    /// That of the calls to STS.
    package var serviceClock: ServiceClock? { sts.caller.context.clock }
}
