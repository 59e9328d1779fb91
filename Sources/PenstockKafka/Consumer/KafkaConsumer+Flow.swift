import CPenstockRDKafka
package import Penstock

extension KafkaConsumer {
    /// How many records and events are waiting in the library's queue.
    package var queueLength: Int { queue?.count ?? 0 }

    /// Stops fetching partitions, and throws away what was fetched ahead of them.
    ///
    /// Not a means against a full budget: every pause costs about a second. It is for stalls so
    /// long that the group would miss the polls.
    package func pause(_ partitions: [TopicPartition]) throws(KafkaError) {
        let list = PartitionList(partitions)
        try check(rd_kafka_pause_partitions(try open(), list.pointer))
    }

    /// Fetches paused partitions again, from where they stood.
    package func resume(_ partitions: [TopicPartition]) throws(KafkaError) {
        let list = PartitionList(partitions)
        try check(rd_kafka_resume_partitions(try open(), list.pointer))
    }

    /// Keeps one partition's records back while the others flow, until ``release(_:)``.
    ///
    /// Records that were waiting before still come. What is fetched meanwhile waits in a queue of
    /// its own with the bounds of the consumer's.
    package func hold(_ partition: TopicPartition) {
        guard let pointer, heldQueues[partition] == nil,
            let queue = rd_kafka_queue_get_partition(
                pointer, partition.topic, partition.partition)
        else { return }
        rd_kafka_queue_forward(queue, nil)
        heldQueues[partition] = HeldQueue(queue, returningTo: self.queue?.pointer)
    }

    /// Lets the records of a held partition flow again, in their order.
    package func release(_ partition: TopicPartition) {
        // What waited moves without a signal.
        if heldQueues.removeValue(forKey: partition) != nil { signalled() }
    }

    /// Wakes the fetchers, which sleep for up to a second once they have found the queue full.
    ///
    /// The request asks for offsets far in the future and does not wait for an answer.
    package func wakeFetchers() {
        guard let pointer, let list = nudgeList?.pointer else { return }
        nudgeList?.setOffsets(to: Self.farFuture)
        rd_kafka_offsets_for_times(pointer, list, 0)
    }

    private static let farFuture: Int64 = 0x7fff_ffff_ffff

    /// Libraries without `fetch.queue.backoff.ms` need waking.
    static func nudge(for configuration: borrowing ClientConfiguration) -> FetchNudge? {
        guard !LibraryProperties.linked.knows("fetch.queue.backoff.ms"),
            let kilobytes = configuration.value(of: "queued.max.messages.kbytes").flatMap({
                Int($0)
            })
        else { return nil }
        return FetchNudge(capacity: kilobytes * 1024)
    }

    func nudgeIfNeeded(_ pointer: OpaquePointer, records: Int, bytes: Int) {
        guard records > 0, nudge != nil else { return }
        nudge?.consumed(records: records, bytes: bytes)
        guard nudge?.isWorthALook == true else { return }
        let now = ContinuousClock.now
        if let lastNudge, now - lastNudge < FetchNudge.interval { return }
        guard nudge?.isDue(queueLength: queueLength) == true else { return }
        wakeFetchers()
        nudgeCount += 1
        lastNudge = now
    }
}

/// One partition's own queue while it does not flow into its consumer's.
final class HeldQueue {
    private let queue: QueueHandle
    private let consumer: OpaquePointer?

    init(_ pointer: OpaquePointer, returningTo consumer: OpaquePointer?) {
        queue = QueueHandle(pointer)
        self.consumer = consumer
    }

    deinit { rd_kafka_queue_forward(queue.pointer, consumer) }
}
