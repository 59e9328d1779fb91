/// How often, after how long and at what price a client tries again.
///
/// The defaults are those of AWS's own clients of 2026 for DynamoDB.
public struct RetryOptions: Hashable, Sendable {
    /// How it behaves; nil for `AWS_RETRY_MODE`, the profile's `retry_mode`, or standard.
    ///
    /// The mode `legacy` of older clients is taken for standard, with a line in the log.
    public var mode: RetryMode?
    /// The most attempts, the first included; 1 never tries again.
    ///
    /// Nil for `AWS_MAX_ATTEMPTS`, the profile's `max_attempts`, or 4.
    public var maxAttempts: Int?
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

    /// One attempt whatever environment and profile say, for callers that retry themselves.
    public static var singleAttempt: RetryOptions {
        var options = RetryOptions()
        options.mode = .standard
        options.maxAttempts = 1
        return options
    }
}

extension RetryOptions {
    /// The most attempts where nobody says otherwise.
    static let standardAttempts = 4

    /// The most attempts, the first included.
    package var attempts: Int { maxAttempts ?? Self.standardAttempts }
}
