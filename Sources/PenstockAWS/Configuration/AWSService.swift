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

    /// Tables and items.
    package static let dynamoDB = AWSService(
        signingName: "dynamodb", hostPrefix: "dynamodb", variable: "DYNAMODB",
        profileName: "dynamodb")
    /// Temporary credentials of roles.
    package static let sts = AWSService(
        signingName: "sts", hostPrefix: "sts", variable: "STS", profileName: "sts")
    /// Credentials of single sign-on.
    package static let sso = AWSService(
        signingName: "awsssoportal", hostPrefix: "portal.sso", variable: "SSO", profileName: "sso")
    /// Tokens of single sign-on.
    package static let ssoOIDC = AWSService(
        signingName: "sso-oauth", hostPrefix: "oidc", variable: "SSO_OIDC",
        profileName: "sso_oidc")
}
