import CPenstockRDKafka
package import Penstock
package import PenstockIO

/// A producer that copies records into the library's queue and reports their delivery in batches.
///
/// It is made, used and closed on one event loop. A report comes for every record that was queued,
/// also when the producer is closed; its bound is the library's (`queue.buffering.max.messages` and
/// `.kbytes`).
///
/// `@unchecked Sendable`: every member is touched on `loop` only, which the ways in check; the
/// library's other threads reach the signal's descriptor alone.
package final class KafkaProducer: @unchecked Sendable {
    let loop: EventLoop
    let blocking: BlockingThread
    let waiter: LoopWaiter
    private let log: LibraryLog

    private var signal: QueueSignal?
    private var queue: QueueHandle?
    private var topics: [String: TopicHandle] = [:]
    private var client: ClientHandle?
    private var reports: [DeliveryReport] = []
    private var isClosing = false

    private let onReports: ([DeliveryReport]) -> Void
    private let onFailure: (KafkaError) -> Void

    /// The records that were queued and not reported yet.
    package private(set) var outstanding = 0

    /// Makes the client.
    ///
    /// On `loop` only.
    ///
    /// - Parameters:
    ///   - settings: The library's settings.
    ///   - loop: Where the producer is used and its reports are handed over.
    ///   - blocking: The thread for the calls that block.
    ///   - log: Where the library's own lines go.
    ///   - onReports: Takes delivery reports, many at once, in each partition's order.
    ///   - onFailure: Takes what goes wrong beside single records; one whose kind is fatal ends the
    ///     producer.
    /// - Throws: The library's word where it refuses the settings.
    package init(
        settings: TranslatedSettings, loop: EventLoop, blocking: BlockingThread, log: Log,
        onReports: @escaping ([DeliveryReport]) -> Void,
        onFailure: @escaping (KafkaError) -> Void = { _ in }
    ) throws(KafkaError) {
        precondition(loop.isCurrent, "a client is used on its loop only")
        self.loop = loop
        self.blocking = blocking
        self.log = LibraryLog(log)
        self.onReports = onReports
        self.onFailure = onFailure
        waiter = LoopWaiter(loop: loop)
        let configuration = try ClientConfiguration(settings.library)
        configuration.withPointer { pointer in
            rd_kafka_conf_set_events(
                pointer,
                RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_LOG
                    | RD_KAFKA_EVENT_STATS)
        }
        let client = try ClientHandle(
            RD_KAFKA_PRODUCER, configuration, tokens: settings.tokens)
        rd_kafka_set_log_queue(client.pointer, nil)
        let queue = QueueHandle(rd_kafka_queue_get_main(client.pointer))
        signal = QueueSignal(loop: loop) { [unowned self] in serve() }
        signal?.enable(on: queue)
        self.queue = consume queue
        self.client = consume client
    }

    deinit {
        topics = [:]
        queue = nil
        client = nil
    }

    /// Queues a record; the bytes are copied.
    ///
    /// - Parameters:
    ///   - record: Key, value and timestamp.
    ///   - topic: The topic's name.
    ///   - partition: The partition, or nil to choose it by the key as Java's producer does.
    ///   - headers: The record's headers, in their order.
    ///   - identifier: What its delivery report will carry.
    /// - Returns: Whether a report will follow.
    package func produce(
        _ record: OutgoingRecord, to topic: String, partition: Int32? = nil,
        headers: consuming OutgoingHeaders? = nil, identifier: Int
    ) -> ProduceResult {
        guard let client = pointer, let topic = handle(of: topic, client) else {
            return .failed(KafkaError(.destroyed))
        }
        var arguments = ProduceArguments()
        arguments.add(record)
        arguments.add(topic: topic, partition: partition, identifier: identifier)
        let given = headers.take()?.release()
        if let given { arguments.add(headers: given) }
        guard let error = arguments.send(to: client) else {
            outstanding += 1
            return .queued
        }
        if let given { rd_kafka_headers_destroy(given) }
        let failure = KafkaError(consuming: error)
        return failure.code == .queueFull ? .queueFull : .failed(failure)
    }

    /// Waits until every record that was queued has been reported.
    ///
    /// Returns whether all were; false when `timeout` is over or the task is cancelled first.
    package func flush(timeout: Duration) async -> Bool {
        let clock = ContinuousClock()
        let deadline = clock.now + timeout
        while outstanding > 0, client != nil, !Task.isCancelled {
            let left = clock.now.duration(to: deadline)
            guard left > .zero else { break }
            await waiter.wait(atMost: min(left, .seconds(1)))
        }
        return outstanding == 0
    }

    /// Waits until reports have come in, where the queue was full.
    package func waitForReports(atMost duration: Duration) async {
        guard outstanding > 0 else { return }
        await waiter.wait(atMost: duration)
    }

    /// Ends the producer; returns when its threads have ended.
    ///
    /// Waits for outstanding reports for at most `timeout`; then gives the records up, which reports
    /// them with ``KafkaErrorCode/purgedInQueue`` or ``KafkaErrorCode/purgedInFlight``. Cancelling
    /// the task does not cut it short.
    package func close(timeout: Duration = .seconds(5)) async {
        guard let pointer, !isClosing else { return }
        isClosing = true
        await waitForOutstanding(atMost: timeout)
        if outstanding > 0 {
            rd_kafka_purge(
                pointer,
                RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING)
            await waitForOutstanding(atMost: .seconds(1))
        }
        topics = [:]
        queue = nil
        guard let client = client.take() else { return }
        await client.destroy(on: blocking)
        signal = nil
    }

    private func waitForOutstanding(atMost duration: Duration) async {
        let clock = ContinuousClock()
        let deadline = clock.now + duration
        while outstanding > 0 {
            let left = clock.now.duration(to: deadline)
            guard left > .zero else { return }
            await waiter.waitEvenIfCancelled(atMost: left)
        }
    }

    private var pointer: OpaquePointer? {
        assert(loop.isCurrent, "a client is used on its loop only")
        return client?.pointer
    }

    /// The library's object for a topic: without it every record would look the name up.
    private func handle(of topic: String, _ client: OpaquePointer) -> OpaquePointer? {
        if let handle = topics[topic] { return handle.pointer }
        guard let handle = TopicHandle(topic, client) else { return nil }
        topics[topic] = handle
        return handle.pointer
    }
}

// MARK: - Events

extension KafkaProducer {
    /// Handles what the library has to say.
    private func serve() {
        while let queue = queue?.pointer, let event = rd_kafka_queue_poll(queue, 0) {
            defer { rd_kafka_event_destroy(event) }
            switch rd_kafka_event_type(event) {
            case RD_KAFKA_EVENT_DR: takeReports(event)
            case RD_KAFKA_EVENT_ERROR: takeError(event)
            case RD_KAFKA_EVENT_LOG: takeLog(event)
            default: break
            }
        }
    }

    private func takeReports(_ event: OpaquePointer) {
        reports.removeAll(keepingCapacity: true)
        while let message = rd_kafka_event_message_next(event)?.pointee {
            let error = message.err
            reports.append(
                DeliveryReport(
                    identifier: Int(bitPattern: message._private), partition: message.partition,
                    offset: message.offset,
                    error: error == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaErrorCode(error)))
        }
        outstanding -= reports.count
        onReports(reports)
        waiter.wake()
    }

    private func takeError(_ event: OpaquePointer) {
        let reason = rd_kafka_event_error_string(event).map { String(cString: $0) }
        onFailure(
            KafkaError(reported: rd_kafka_event_error(event), reason: reason, by: client?.pointer))
    }

    private func takeLog(_ event: OpaquePointer) {
        var facility: UnsafePointer<CChar>?
        var text: UnsafePointer<CChar>?
        var level: Int32 = 0
        guard rd_kafka_event_log(event, &facility, &text, &level) == 0 else { return }
        log.take(level: level, facility: facility, text: text)
    }
}
