/// A service of AWS that the package talks to.
package struct AWSService: Sendable {
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
}
