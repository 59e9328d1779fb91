/// A source of tokens for SASL/OAUTHBEARER.
///
/// ```swift
/// struct WorkloadTokens: TokenProvider {
///     func token() async throws(TokenError) -> OAuthToken { ... }
/// }
/// ```
public protocol TokenProvider: Sendable {
    /// Gives a token that is good now.
    ///
    /// Called once before the first connection, and again when 80 % of the last token's life are
    /// over; never on the path of records. Cancelling the task ends the wait.
    ///
    /// - Throws: ``TokenError``: with `unavailable` it is asked again after a while; with every
    ///   other code the connector ends, but not before the last token does.
    func token() async throws(TokenError) -> OAuthToken
}
