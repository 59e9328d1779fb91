/// How long a batch waits before its next try: twice as long each time, with full jitter.
struct Backoff {
    /// The longest first pause after an error that can heal by itself.
    static let transientBase = Duration.milliseconds(25)
    /// The longest first pause after throttling; the window does the rest.
    static let throttledBase = Duration.milliseconds(50)
    /// The longest pause of all; the AWS SDKs have the same.
    static let longest = Duration.seconds(20)

    /// The pause before a try.
    ///
    /// - Parameters:
    ///   - attempt: The number of tries that failed, from 1.
    ///   - isThrottled: Whether the last one was throttled.
    ///   - random: A number from 0 to 1.
    /// - Returns: The pause.
    static func pause(attempt: Int, isThrottled: Bool, random: Double) -> Duration {
        let base = isThrottled ? throttledBase : transientBase
        let ceiling = min(base * (1 << min(attempt - 1, 16)), longest)
        return ceiling * random
    }
}
