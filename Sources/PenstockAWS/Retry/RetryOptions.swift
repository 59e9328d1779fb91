/// How often, after how long and at what price a client tries again.
///
/// The defaults are those of AWS's own clients of 2026 for DynamoDB.
public struct RetryOptions: Hashable, Sendable {
    /// The most attempts, the first included; 1 never tries again.
    public var maxAttempts = 4
    /// The delay from which the growth begins after an error that heals by itself.
    public var transientDelay = Duration.milliseconds(25)
    /// The delay from which the growth begins after throttling.
    public var throttlingDelay = Duration.seconds(1)
    /// The longest delay.
    public var maxDelay = Duration.seconds(20)
    /// What a retry after an error that heals by itself takes out of the client's bucket.
    public var transientCost = 14
    /// What a retry after throttling takes out of the client's bucket.
    public var throttlingCost = 5
    /// What the client's bucket holds.
    ///
    /// When it is empty, errors are thrown at once: a service in trouble is not asked more often
    /// than usual.
    public var bucketCapacity = 500

    /// The defaults.
    public init() {}

    /// One attempt, for callers that retry themselves.
    public static var singleAttempt: RetryOptions {
        var options = RetryOptions()
        options.maxAttempts = 1
        return options
    }
}
