package import PenstockAWS
import PenstockIO

extension TokenSource {
    /// Makes the provider in this process's environment.
    package func makeProvider(
        supplied: (any TokenProvider)?
    ) throws(TokenError) -> any TokenProvider { try makeProvider(.process, supplied: supplied) }

    /// Makes the provider.
    ///
    /// - Parameters:
    ///   - environment: Variables and files: for AWS the chain's, for an identity provider the
    ///     proxy's.
    ///   - supplied: The program's own provider, where it has one.
    /// - Returns: What the connector's ``TokenFeed`` asks.
    /// - Throws: ``TokenError`` with `configuration` where region, provider or a file is missing.
    package func makeProvider(
        _ environment: AWSEnvironment, supplied: (any TokenProvider)?
    ) throws(TokenError) -> any TokenProvider {
        switch self {
        case .program:
            guard let supplied else {
                throw TokenError(.configuration, "The program supplies no provider of tokens.")
            }
            return supplied
        case .clientCredentials(let settings, let authorities):
            var http = HTTPClientConfiguration()
            _ = http.useProxy(fromEnvironment: environment.variables)
            http.certificateAuthorities = authorities
            http.maximumResponseBytes = 64 << 10
            return ClientCredentialsTokens(settings, http: HTTPClient(configuration: http))
        case .msk(let login):
            return MSKTokens(
                region: try Self.region(login, environment),
                credentials: Self.credentials(login, environment))
        }
    }

    private static func region(
        _ login: MSKLogin, _ environment: AWSEnvironment
    ) throws(TokenError) -> String {
        if let region = login.region { return region }
        do {
            return try AWSSettings(environment, profile: login.profile).region()
        } catch {
            throw TokenError(
                .configuration,
                "The region of Amazon MSK cannot be told: the brokers' names do not show it. "
                    + error.description)
        }
    }

    private static func credentials(
        _ login: MSKLogin, _ environment: AWSEnvironment
    ) -> any CredentialProvider {
        let context = AWSContext(environment: environment)
        let base: any CredentialProvider =
            login.profile.map { ProfileCredentials(profile: $0, context: context) }
            ?? CredentialChain(context: context)
        guard let role = login.roleARN else { return base }
        return AssumeRole(
            arn: role, sessionName: login.roleSessionName, externalID: login.roleExternalID,
            region: login.stsRegion, credentials: base, context: context)
    }
}
