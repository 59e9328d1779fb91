import Penstock

/// What is known of the broker's health, and the lines about it.
///
/// Used on the worker's loop only.
final class BrokerHealth {
    private let log: Log
    private var outage = OutageLog()
    private var lastError: BrokerError?

    init(log: Log) { self.log = log }

    /// Whether something failed and no sign of life has come since.
    var isInDoubt: Bool { outage.isUnderWay }

    /// A request or a connection failed; it is tried again.
    func failed(_ error: BrokerError, at now: ContinuousClock.Instant = .now) {
        lastError = error
        write(outage.failed(at: now))
        log.debug("Kafka reports a failure", ["error": error])
    }

    /// Time went by.
    func passed(at now: ContinuousClock.Instant) {
        if outage.isUnderWay { write(outage.passed(at: now)) }
    }

    /// The broker gave an answer.
    func answered() {
        if outage.isUnderWay { write(outage.recovered(at: .now)) }
    }

    private func write(_ report: OutageLog.Report?) {
        switch report {
        case .began:
            log.warning("Kafka does not answer as it should", ["error": lastError?.message ?? ""])
        case .continues(let time, let failures):
            log.warning(
                "Kafka still does not answer as it should",
                [
                    "seconds": time.components.seconds, "failures": failures,
                    "error": lastError?.message ?? "",
                ])
        case .ended(let time, let failures):
            log.info(
                "Kafka answers again",
                ["seconds": time.components.seconds, "failures": failures])
        case nil: break
        }
    }
}
