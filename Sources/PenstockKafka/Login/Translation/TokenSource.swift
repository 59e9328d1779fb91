/// Where the tokens of SASL/OAUTHBEARER come from, as the settings say it.
package enum TokenSource: Sendable, Hashable {
    /// An identity provider, by the client-credentials grant.
    case clientCredentials(ClientCredentialsTokens.Settings, authorities: String?)
    /// AWS credentials, signed for Amazon MSK.
    case msk(MSKLogin)
    /// A provider of the program's own.
    case program

    /// The same, with the connector's region where the brokers' names show none.
    package func inRegion(_ region: String?) -> TokenSource {
        guard case .msk(var login) = self, login.region == nil else { return self }
        login.region = region
        return .msk(login)
    }
}

/// How to log in to Amazon MSK with IAM: the options of its login module.
package struct MSKLogin: Sendable, Hashable {
    /// The brokers' region, where their names show it.
    package var region: String?
    /// `awsProfileName`: a profile of the shared files.
    package var profile: String?
    /// `awsRoleArn`: a role to assume.
    package var roleARN: String?
    /// `awsRoleSessionName`.
    package var roleSessionName: String?
    /// `awsRoleExternalId`.
    package var roleExternalID: String?
    /// `awsStsRegion`.
    package var stsRegion: String?

    package init() {}
}
