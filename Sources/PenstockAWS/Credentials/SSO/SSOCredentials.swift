internal import Penstock
public import PenstockIO

/// Credentials of a role for somebody who signed on with `aws sso login`.
///
/// The token of that sign-on lies in a file below `~/.aws/sso/cache`, which is read anew at each
/// call. Where it was given for that, it is renewed before it ends, and the file with it.
public struct SSOCredentials: CredentialProvider {
    private let settings: SSOSettings
    private let client: SSOClient
    private let tokens: SSOTokenCache
    private let context: AWSContext

    /// Credentials of a role in an account.
    ///
    /// - Parameters:
    ///   - startURL: Where people sign on.
    ///   - region: The region of the sign-on, which need not be that of the work.
    ///   - account: The account's twelve digits.
    ///   - role: The role's name.
    ///   - session: The name of the `sso-session` section; nil for sign-ons without one.
    ///   - environment: Variables and files; this process's and machine's by default.
    ///   - http: How AWS is connected to; nil takes proxy and certificate authorities from the
    ///     environment.
    public init(
        startURL: String, region: String, account: String, role: String, session: String? = nil,
        environment: AWSEnvironment = .process, http: HTTPClientConfiguration? = nil
    ) {
        let settings = SSOSettings(
            startURL: startURL, region: region, accountID: account, roleName: role,
            session: session)
        self.init(
            settings, endpointsOf: nil, context: AWSContext(environment: environment, http: http))
    }

    init(
        _ settings: SSOSettings, endpointsOf profile: String?, context: AWSContext,
        attemptTimeout: Duration? = nil
    ) {
        self.settings = settings
        self.context = context
        var client = SSOClient(settings, profile: profile, context: context)
        if let attemptTimeout { client.caller.attemptTimeout = attemptTimeout }
        self.client = client
        tokens = SSOTokenCache(key: settings.cacheKey, environment: context.environment)
    }

    /// Credentials of the role.
    ///
    /// - Throws: ``CredentialError``: `incomplete` where nobody signed on or no account and role are
    ///   set, `refused` where the role is not given, `unavailable` where the sign-on ended, and
    ///   where AWS did not answer or not with sense.
    public func credentials() async throws(CredentialError) -> Credentials {
        guard let account = settings.accountID, let role = settings.roleName else {
            throw CredentialError(
                .incomplete,
                "Single sign-on leads to a token and not to credentials: sso_account_id and "
                    + "sso_role_name are not set\(place).")
        }
        let address = try client.address(of: .sso)
        let token = try await token()
        do {
            return try await client.credentials(
                of: role, in: account, for: token.accessToken, at: address)
        } catch {
            if case .refused(_, status: 401) = error.reason { throw ended }
            throw error.credentialError(
                "Single sign-on gave no credentials of the role \(role) in the account \(account)",
                hiding: token.secrets)
        }
    }

    /// A token that is good, renewed where it ends soon and can be.
    private func token() async throws(CredentialError) -> SSOToken {
        guard let token = tokens.token() else {
            throw CredentialError(
                .incomplete,
                "Nobody signed on\(place), or the token cannot be read. "
                    + "Run: \(settings.loginCommand)")
        }
        let now = context.now()
        // Tokens of the older form are not given for renewal.
        if settings.session != nil, token.isDue(at: now), let renewal = token.renewal(at: now) {
            if let new = try await renew(token, renewal, now) { return new }
        }
        guard token.isGood(at: now) else { throw ended }
        return token
    }

    /// A new token; nil where there is none and the old one's end decides.
    private func renew(
        _ token: SSOToken, _ body: [UInt8], _ now: Timestamp
    ) async throws(CredentialError) -> SSOToken? {
        let address = try client.address(of: .ssoOIDC)
        do {
            let answer = try await client.renew(body, at: address)
            return token.renewed(with: answer, at: now).flatMap(tokens.store)
        } catch {
            // A refusal means that a person has to sign on again; the rest may pass.
            guard !token.isGood(at: now), error.kind != .fatal else { return nil }
            throw error.credentialError(
                "Single sign-on\(place) did not renew its token, which has ended",
                hiding: token.secrets)
        }
    }

    private var ended: CredentialError {
        CredentialError(
            .unavailable, "The sign-on\(place) has ended. Run: \(settings.loginCommand)")
    }

    private var place: String { settings.profile.map { " (profile \"\($0)\")" } ?? "" }
}

extension SSOCredentials: ServiceTimed {
    /// That of the calls to single sign-on.
    package var serviceClock: ServiceClock? { context.clock }
}
