/// What decides where a service is reached; the inputs of AWS's published rule sets.
package struct EndpointParameters: Hashable, Sendable {
    /// The region; may be missing where the endpoint is configured.
    package var region: String?
    /// The endpoint that somebody named.
    package var configured: String?
    /// Whether the host has to be one for FIPS 140.
    package var usesFIPS = false
    /// Whether the host has to be one that is reached over IPv6 too.
    package var usesDualStack = false
    /// Whether DynamoDB's host may be the account's own.
    package var accountMode = AccountEndpointMode.disabled
    /// The account of the credentials, where they name it.
    package var account: String?
    /// The ARN of the one thing that a request is about.
    package var resource: String?
    /// The ARNs of the several things that a request is about; the first one counts.
    package var resources: [String] = []
    /// Whether the request searches vectors, which DynamoDB has hosts of their own for.
    package var isSearch = false
    /// Whether STS is reached at its old global host from the regions that were there first.
    package var usesGlobalSTS = false

    /// Parameters of a region's standard host.
    package init(region: String?) { self.region = region }

    /// Whether another account or resource may lead to another host.
    package var dependsOnAccount: Bool { accountMode != .disabled && configured == nil }
}
