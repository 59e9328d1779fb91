/// Whether requests go to a host of the account's own, such as
/// `123456789012.ddb.eu-west-1.amazonaws.com`.
package enum AccountEndpointMode: String, Sendable {
    /// They do where the account is known and such a host exists.
    case preferred
    /// They go to the region's host.
    case disabled
    /// They do, and what stands in the way is an error.
    case required
}
