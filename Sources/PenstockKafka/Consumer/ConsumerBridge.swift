import CPenstockRDKafka
import Penstock

/// What the library's callbacks of one consumer write to.
///
/// It holds one rebalance at a time, since the library waits for its answer, and 64 failures; more
/// failures that come before the owner looks are dropped.
///
/// `@unchecked Sendable`: the library calls rebalance, error and statistics callbacks inside
/// `rd_kafka_consumer_poll` only, which runs on the consumer's loop. Its log callback may come from
/// any thread and reads `log`, which does not change.
final class ConsumerBridge: @unchecked Sendable {
    let log: LibraryLog
    private(set) var events: [ConsumerEvent] = []
    /// The rebalance that the library waits to have answered.
    private(set) var unanswered: ConsumerEvent?
    /// Whether partitions, or none of them, have ever been handed out to the consumer.
    private(set) var wasAssigned = false
    private var failureCount = 0
    /// Takes each report of `statistics.interval.ms`, a JSON text.
    var onStatistics: ((UnsafeRawBufferPointer) -> Void)?

    private static let failureLimit = 64

    init(log: Log) { self.log = LibraryLog(log) }

    func append(_ event: ConsumerEvent) {
        if case .failure = event {
            guard failureCount < Self.failureLimit else { return }
            failureCount += 1
        } else {
            unanswered = event
        }
        events.append(event)
    }

    func rebalanceWasAnswered() { unanswered = nil }

    func nextEvent() -> ConsumerEvent? {
        guard !events.isEmpty else { return nil }
        let event = events.removeFirst()
        if case .failure = event { failureCount -= 1 }
        return event
    }

    /// Lets a configuration's callbacks write here.
    func install(in configuration: borrowing ClientConfiguration) {
        let reference = Unmanaged.passUnretained(self).toOpaque()
        configuration.withPointer { pointer in
            rd_kafka_conf_set_opaque(pointer, reference)
            rd_kafka_conf_set_rebalance_cb(pointer) { client, code, list, opaque in
                guard let client, let list, let opaque else { return }
                ConsumerBridge.from(opaque).rebalance(client, code, list)
            }
            rd_kafka_conf_set_error_cb(pointer) { client, code, reason, opaque in
                guard let opaque, let code = Optional(rd_kafka_resp_err_t(code)) else { return }
                let error = KafkaError(
                    reported: code, reason: reason.map { String(cString: $0) }, by: client)
                ConsumerBridge.from(opaque).append(.failure(error))
            }
            rd_kafka_conf_set_stats_cb(pointer) { _, json, length, opaque in
                guard let opaque, let json else { return 0 }
                ConsumerBridge.from(opaque).onStatistics?(
                    UnsafeRawBufferPointer(start: json, count: length))
                return 0
            }
            rd_kafka_conf_set_log_cb(pointer) { client, level, facility, text in
                guard let client, let opaque = rd_kafka_opaque(client) else { return }
                ConsumerBridge.from(opaque).log.take(level: level, facility: facility, text: text)
            }
        }
    }

    private static func from(_ opaque: UnsafeMutableRawPointer) -> ConsumerBridge {
        Unmanaged<ConsumerBridge>.fromOpaque(opaque).takeUnretainedValue()
    }

    /// Only records what is to be done; the loop does it when what is in hand has been written.
    private func rebalance(
        _ client: OpaquePointer, _ code: rd_kafka_resp_err_t,
        _ list: UnsafePointer<rd_kafka_topic_partition_list_t>
    ) {
        let partitions = PartitionList.elements(of: list).map(\.partition)
        switch code {
        case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS:
            wasAssigned = true
            append(.assigned(partitions))
        case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS:
            let isLost = rd_kafka_assignment_lost(client) != 0
            append(isLost ? .lost(partitions) : .revoked(partitions))
        default:
            append(.failure(KafkaError(KafkaErrorCode(code))))
            append(.lost(partitions))
        }
    }
}
