import CPenstockRDKafka
package import Penstock
package import PenstockIO

/// A member of a consumer group.
///
/// It is made, used and closed on one event loop. Records come by ``poll(into:maximum:byteLimit:)``;
/// what else happens comes by ``nextEvent()``, and every rebalance has to be answered by
/// ``assign(_:from:)`` or ``unassign(_:)``, seconds later if need be. Nothing is committed but what
/// ``commit(_:)`` is told.
///
/// ```swift
/// try await consumer.subscribe(to: ["orders"])
/// while true {
///     let result = consumer.poll(into: batch, maximum: 500)
///     while let event = consumer.nextEvent() { try handle(event) }
///     if result.isDrained { await consumer.waitUntilReady(atMost: .seconds(1)) }
/// }
/// ```
///
/// `@unchecked Sendable`: every member is touched on `loop` only, which the ways in check; the
/// library's other threads reach `bridge.log` and the signal's descriptor alone.
package final class KafkaConsumer: @unchecked Sendable {
    let loop: EventLoop
    let blocking: BlockingThread
    let log: Log
    let bridge: ConsumerBridge
    let waiter: LoopWaiter
    let settings: TranslatedSettings

    // The order matters where the owner forgets to close: queues end before their client.
    var replies: ReplyQueue?
    var signal: QueueSignal?
    var queue: QueueHandle?
    var heldQueues: [TopicPartition: HeldQueue] = [:]
    var client: ClientHandle?

    /// The partitions this member has, as far as it has answered.
    package internal(set) var assignment: Set<TopicPartition> = []
    /// Numbers the partitions of the records that are polled.
    package let partitions: PartitionTable

    var slots = SlotCache()
    var isDrained = false
    var nudge: FetchNudge?
    var nudgeList: PartitionList?
    var lastNudge: ContinuousClock.Instant?
    /// How often the fetchers were woken.
    package internal(set) var nudgeCount = 0
    var isClosing = false
    private var judge: ConnectionJudge
    var subscription: TopicSelection = []
    var subscribedTopics: [String] = []

    /// Joins nothing yet: makes the client.
    ///
    /// On `loop` only. Throws where the library refuses the settings.
    package init(
        settings: TranslatedSettings, partitions: PartitionTable, loop: EventLoop,
        blocking: BlockingThread, log: Log
    ) throws(KafkaError) {
        precondition(loop.isCurrent, "a client is used on its loop only")
        self.loop = loop
        self.blocking = blocking
        self.log = log
        self.settings = settings
        self.partitions = partitions
        bridge = ConsumerBridge(log: log)
        judge = ConnectionJudge(settings)
        waiter = LoopWaiter(loop: loop)
        let configuration = try ClientConfiguration(settings.library)
        bridge.install(in: configuration)
        nudge = Self.nudge(for: configuration)
        let client = try ClientHandle(
            RD_KAFKA_CONSUMER, configuration, tokens: settings.tokens)
        connectQueues(of: client)
        self.client = consume client
    }

    deinit {
        replies?.close()
        heldQueues = [:]
        queue = nil
        signal = nil
        nudgeList = nil
        // The callbacks' target must outlive the client, and is released after this body.
        client = nil
    }

    private func connectQueues(of client: borrowing ClientHandle) {
        // Everything the library has to say comes by the consumer's queue.
        rd_kafka_poll_set_consumer(client.pointer)
        rd_kafka_set_log_queue(client.pointer, nil)
        replies = ReplyQueue(client: client, loop: loop)
        let queue = QueueHandle(rd_kafka_queue_get_consumer(client.pointer))
        signal = QueueSignal(loop: loop) { [unowned self] in signalled() }
        signal?.enable(on: queue)
        self.queue = consume queue
    }

    /// The client, for a call; nil once it is closed.
    var pointer: OpaquePointer? {
        assert(loop.isCurrent, "a client is used on its loop only")
        return client?.pointer
    }

    /// What there is to tell beside records; nil when there is nothing.
    package func nextEvent() -> ConsumerEvent? {
        switch bridge.nextEvent() {
        case .failure(let error):
            let lacksToken = settings.tokens.map { !$0.isSupplied } ?? false
            return .failure(
                judge.judged(
                    error, at: .now, lacksToken: lacksToken, wasConnected: bridge.wasAssigned))
        case let event?: return event
        case nil:
            guard judge.isWatching else { return nil }
            return judge.final(at: .now, wasConnected: bridge.wasAssigned).map { .failure($0) }
        }
    }

    /// Takes each report of `statistics.interval.ms`, a JSON text, on the loop.
    package func onStatistics(_ body: ((UnsafeRawBufferPointer) -> Void)?) {
        bridge.onStatistics = body
    }
}
