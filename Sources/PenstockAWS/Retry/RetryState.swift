package import Penstock

/// The retries of one request: an outcome goes in, what to do comes out.
///
/// It knows neither clock nor chance: the caller waits, and draws the random number.
package struct RetryState: ~Copyable {
    /// What to do after a failed attempt.
    package enum Decision: Hashable {
        /// Try again after this delay.
        case retry(after: Duration)
        /// Throw the error.
        case giveUp(Reason)
    }

    /// Why there is no further attempt.
    package enum Reason: Hashable {
        case notRetriable
        case attemptsExhausted
        case bucketEmpty
    }

    private let options: RetryOptions
    /// The number of the attempt that runs or will run next, from 1.
    package private(set) var attempt = 1
    private var lastCost: Int?

    /// The state before the first attempt.
    package init(_ options: RetryOptions) { self.options = options }

    /// Decides after a failure.
    ///
    /// `serverDelay` is what the service asked for (`x-amz-retry-after`); `random` lies in 0..<1.
    package mutating func failed(
        _ kind: ErrorKind, serverDelay: Duration? = nil, bucket: inout RetryBucket, random: Double
    ) -> Decision {
        guard let (base, cost) = price(of: kind) else { return .giveUp(.notRetriable) }
        guard attempt < options.attempts else { return .giveUp(.attemptsExhausted) }
        guard bucket.take(cost) else { return .giveUp(.bucketEmpty) }
        // Beyond 2^30 the cap has long been reached.
        let grown = min(base * (1 << min(attempt - 1, 30)), options.maxDelay)
        var delay = grown * random
        if let serverDelay, serverDelay >= .zero {
            // The service may ask for more, but not put a caller to sleep.
            delay = max(delay, min(serverDelay, delay + .seconds(5)))
        }
        lastCost = cost
        attempt += 1
        return .retry(after: delay)
    }

    /// Pays back after success: what the last retry took, or 1 where there was none.
    package func succeeded(bucket: inout RetryBucket) { bucket.put(lastCost ?? 1) }

    private func price(of kind: ErrorKind) -> (base: Duration, cost: Int)? {
        switch kind {
        case .retriable: (options.transientDelay, options.transientCost)
        case .throttled: (options.throttlingDelay, options.throttlingCost)
        case .data, .fatal: nil
        }
    }
}
