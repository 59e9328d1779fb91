import Penstock

/// Tells the operator of DynamoDB's failures: the first, one line every 30 s, and the end.
///
/// With many requests in flight some succeed while others fail: it is over when nothing has failed
/// for a while.
struct FailureLog {
    private static let calm = Duration.seconds(5)

    private let log: Log
    private var outage = OutageLog()
    private var lastFailure: ContinuousClock.Instant?

    init(_ log: Log) { self.log = log }

    /// A request failed and will be sent again.
    mutating func failed(_ error: any Error, operation: String, at now: ContinuousClock.Instant) {
        lastFailure = now
        switch outage.failed(at: now) {
        case .began?:
            log.warning(
                "DynamoDB fails or throttles; trying again",
                ["operation": operation, "error": "\(error)"])
        case .continues(let since, let failures)?:
            log.warning(
                "DynamoDB still fails or throttles; trying again",
                [
                    "operation": operation, "error": "\(error)", "failures": failures,
                    "seconds": since.components.seconds,
                ])
        default: break
        }
    }

    /// A request succeeded.
    mutating func succeeded(at now: ContinuousClock.Instant) {
        guard let lastFailure, now - lastFailure >= Self.calm else { return }
        self.lastFailure = nil
        if case .ended(let after, let failures)? = outage.recovered(at: now) {
            log.info(
                "DynamoDB works again",
                ["failures": failures, "seconds": after.components.seconds])
        }
    }
}
