/// Where a service is reached, and for which region requests to it are signed.
package struct AWSEndpoint: Hashable, Sendable {
    /// Scheme, host and port, without a slash at the end.
    package let url: String
    /// The region that signatures name.
    package let signingRegion: String
}
