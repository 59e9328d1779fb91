/// A service of AWS that the package talks to.
package struct AWSService: Hashable, Sendable {
    /// The name in signatures.
    package let signingName: String
    /// The first part of the standard host.
    let hostPrefix: String
    /// The end of the environment variable for its endpoint.
    let variable: String
    /// The name in the `services` sections of profiles.
    let profileName: String
    /// The first part of the dual stack host; nil for that of the standard one.
    var dualStackPrefix: String?
    /// Whether the standard host in GovCloud is the one for FIPS.
    var isFIPSInGovCloud = false
    /// Whether the region `local` means a server on this machine.
    var hasLocalServer = false

    /// Tables and items.
    package static let dynamoDB = AWSService(
        signingName: "dynamodb", hostPrefix: "dynamodb", variable: "DYNAMODB",
        profileName: "dynamodb", isFIPSInGovCloud: true, hasLocalServer: true)
    /// The changes of tables.
    package static let dynamoDBStreams = AWSService(
        signingName: "dynamodb", hostPrefix: "streams.dynamodb", variable: "DYNAMODB_STREAMS",
        profileName: "dynamodb_streams", dualStackPrefix: "streams-dynamodb",
        isFIPSInGovCloud: true, hasLocalServer: true)
    /// Resources by their tags.
    package static let resourceGroupsTagging = AWSService(
        signingName: "tagging", hostPrefix: "tagging", variable: "RESOURCE_GROUPS_TAGGING_API",
        profileName: "resource_groups_tagging_api")
    /// Temporary credentials of roles.
    package static let sts = AWSService(
        signingName: "sts", hostPrefix: "sts", variable: "STS", profileName: "sts",
        isFIPSInGovCloud: true)
    /// Credentials of single sign-on.
    package static let sso = AWSService(
        signingName: "awsssoportal", hostPrefix: "portal.sso", variable: "SSO", profileName: "sso",
        isFIPSInGovCloud: true)
    /// Tokens of single sign-on.
    package static let ssoOIDC = AWSService(
        signingName: "sso-oauth", hostPrefix: "oidc", variable: "SSO_OIDC",
        profileName: "sso_oidc", isFIPSInGovCloud: true)

    /// Every service above.
    static let all = [dynamoDB, dynamoDBStreams, resourceGroupsTagging, sts, sso, ssoOIDC]
}
