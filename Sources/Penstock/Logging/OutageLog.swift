/// Decides which failures of a part that is away for a while are worth a line: the first, then one
/// every 30 s, and one when it is over.
///
/// It holds no clock: whoever sees a failure says when.
package struct OutageLog: Sendable {
    /// What to tell.
    package enum Report: Sendable, Hashable {
        /// The first failure.
        case began
        /// It goes on.
        case continues(since: Duration, failures: Int)
        /// It is over.
        case ended(after: Duration, failures: Int)
    }

    private struct Outage {
        var start: ContinuousClock.Instant
        var lastReport: ContinuousClock.Instant
        var failures: Int
    }

    private let interval: Duration
    private var outage: Outage?

    /// Begins without an outage.
    ///
    /// - Parameter interval: How far apart two lines of one outage are.
    package init(interval: Duration = .seconds(30)) { self.interval = interval }

    /// Whether something has failed and not recovered since.
    package var isUnderWay: Bool { outage != nil }

    /// Something failed.
    package mutating func failed(at now: ContinuousClock.Instant) -> Report? {
        guard outage != nil else {
            outage = Outage(start: now, lastReport: now, failures: 1)
            return .began
        }
        outage?.failures += 1
        return passed(at: now)
    }

    /// Time went by; nothing new is known.
    package mutating func passed(at now: ContinuousClock.Instant) -> Report? {
        guard let current = outage, now - current.lastReport >= interval else { return nil }
        outage?.lastReport = now
        return .continues(since: now - current.start, failures: current.failures)
    }

    /// It works again.
    package mutating func recovered(at now: ContinuousClock.Instant) -> Report? {
        guard let current = outage else { return nil }
        outage = nil
        return .ended(after: now - current.start, failures: current.failures)
    }
}
