public import PenstockAWS
public import PenstockIO

/// How a client behaves; every default is the safe one.
public struct DynamoDBOptions: Sendable {
    /// How often it tries again; ``PenstockAWS/RetryOptions/singleAttempt`` for never.
    public var retry = RetryOptions()
    /// The limit for one attempt, connecting included.
    public var attemptTimeout = Duration.seconds(10)
    /// The profile of the shared files; nil for `AWS_PROFILE`, or `default`.
    public var profile: String?
    /// How it connects; nil takes proxy and certificate authorities from the environment.
    ///
    /// The variables are `HTTPS_PROXY`, `NO_PROXY` and `AWS_CA_BUNDLE`, with `ca_bundle` of the
    /// profile in the place of the last. One that cannot be used fails the first request.
    public var http: HTTPClientConfiguration?

    /// The defaults.
    public init() {}
}
