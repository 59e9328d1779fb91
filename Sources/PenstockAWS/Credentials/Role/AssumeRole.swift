internal import Penstock
public import PenstockIO

/// Credentials of a role, which is taken on with other credentials.
///
/// ```swift
/// let dynamo = DynamoDB(
///     region: "eu-west-1",
///     credentials: AssumeRole(arn: "arn:aws:iam::123456789012:role/orders"))
/// ```
///
/// They last an hour, or as long as `duration` says; whoever holds them asks again before their
/// end. The credentials that the role is taken on with are kept while they last, and asked for anew
/// once where STS refuses them.
public struct AssumeRole: CredentialProvider {
    private let role: RoleSettings
    private let sts: STSClient
    private let source: CredentialCache

    /// Takes on a role.
    ///
    /// - Parameters:
    ///   - arn: The role's ARN.
    ///   - sessionName: The session's name in AWS's logs; nil makes one: `penstock-` and the time.
    ///   - externalID: What the role's owner demands of those who come from another account; it
    ///     appears in no error.
    ///   - duration: How long the credentials last, 15 minutes to the role's maximum; nil for an
    ///     hour.
    ///   - policy: A policy that narrows what the role may, in JSON.
    ///   - region: Where STS is asked; nil for the region of the environment or the profile.
    ///   - credentials: What the role is taken on with; nil for AWS's chain.
    ///   - environment: Variables and files; this process's and machine's by default.
    ///   - http: How STS is connected to; nil takes proxy and certificate authorities from the
    ///     environment.
    public init(
        arn: String, sessionName: String? = nil, externalID: String? = nil,
        duration: Duration? = nil, policy: String? = nil, region: String? = nil,
        credentials: (any CredentialProvider)? = nil, environment: AWSEnvironment = .process,
        http: HTTPClientConfiguration? = nil
    ) {
        self.init(
            RoleSettings(
                arn: arn, sessionName: sessionName, externalID: externalID, duration: duration,
                policy: policy),
            region: region, credentials: credentials,
            context: AWSContext(environment: environment, http: http))
    }

    /// Takes on a role in a context; the default credentials are the chain's there.
    package init(
        arn: String, sessionName: String? = nil, externalID: String? = nil,
        duration: Duration? = nil, region: String? = nil,
        credentials: (any CredentialProvider)? = nil, context: AWSContext
    ) {
        self.init(
            RoleSettings(
                arn: arn, sessionName: sessionName, externalID: externalID, duration: duration,
                policy: nil),
            region: region, credentials: credentials, context: context)
    }

    private init(
        _ role: RoleSettings, region: String?, credentials: (any CredentialProvider)?,
        context: AWSContext
    ) {
        var context = context
        // What the credentials' own service told about the time holds for this one as well.
        if let clock = (credentials as? any ServiceTimed)?.serviceClock { context.clock = clock }
        self.init(
            role, sts: STSClient(context, region: region),
            source: credentials ?? CredentialChain(context: context))
    }

    init(_ role: RoleSettings, sts: STSClient, source: any CredentialProvider) {
        self.role = role
        self.sts = sts
        self.source = CredentialCache(
            source, clock: sts.caller.context.clock)
    }

    /// Credentials of the role.
    ///
    /// - Throws: ``CredentialError``: `refused` where STS says no, `unavailable` where it did not
    ///   answer or not with sense, `incomplete` where no region or no credentials for asking are
    ///   set, and what the source of these throws.
    public func credentials() async throws(CredentialError) -> Credentials {
        let endpoint = try sts.endpoint(forRole: role.arn)
        var refused: Credentials?
        while true {
            let source = try await sourceCredentials()
            do {
                return try await assume(with: source, at: endpoint)
            } catch {
                // Keys may have been rotated since they were read.
                guard error.refusesSignature, refused == nil else {
                    throw credentialError(error, source)
                }
                refused = source
                self.source.invalidate(source)
            }
        }
    }

    private func assume(
        with source: Credentials, at endpoint: AWSEndpoint
    ) async throws(ServiceFault) -> Credentials {
        let name = role.sessionName(at: sts.caller.context.now())
        let document = try await sts.send(
            .assumeRole(role, sessionName: name), to: endpoint, signedWith: source)
        return try Credentials(document, of: "AssumeRoleResult")
    }

    private func sourceCredentials() async throws(CredentialError) -> Credentials {
        do {
            return try await source.credentials()
        } catch {
            // Somebody meant the role: a chain must not go on to other credentials.
            throw CredentialError(
                error.code == .notConfigured ? .incomplete : error.code,
                "There are no credentials to take on the role \(role.arn) with: "
                    + error.description)
        }
    }

    private func credentialError(_ fault: ServiceFault, _ source: Credentials) -> CredentialError {
        fault.credentialError(
            "STS gave no credentials of the role \(role.arn)",
            hiding: [source.secretAccessKey, source.sessionToken, role.externalID])
    }
}

extension AssumeRole: ServiceTimed {
    /// That of the calls to STS.
    package var serviceClock: ServiceClock? { sts.caller.context.clock }
}

extension ServiceFault {
    /// Whether the service does not take the credentials that the request was signed with.
    fileprivate var refusesSignature: Bool {
        switch code {
        case "ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId",
            "UnrecognizedClientException", "SignatureDoesNotMatch":
            true
        default: false
        }
    }
}
