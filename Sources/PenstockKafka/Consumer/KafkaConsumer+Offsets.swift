import CPenstockRDKafka
package import Penstock

extension KafkaConsumer {
    /// Commits positions, each the offset of the next record to read, and waits for the answer.
    ///
    /// Several commits may be under way. Throws the first error of a partition where only some were
    /// refused, and ``KafkaErrorCode/destroyed`` where the consumer is closed first. Cancelling the
    /// task does not take a commit back. A login that failed on the way is retriable here.
    package func commit(_ positions: [TopicPartition: Int64]) async throws(KafkaError) {
        guard !positions.isEmpty else { return }
        let pointer = try open()
        guard let replies else { throw KafkaError(.destroyed) }
        let list = PartitionList(positions)
        let answer: Result<Void, KafkaError> = await replies.call { address in
            KafkaError(
                rd_kafka_commit_queue(
                    pointer, list.pointer, address.queue, nil, address.token))
        } read: { event in
            Self.readCommit(event)
        }
        do throws(KafkaError) { try answer.get() } catch { throw error.ofRequest }
    }

    private static func readCommit(_ event: OpaquePointer?) -> Result<Void, KafkaError> {
        guard let event else { return .failure(KafkaError(.destroyed)) }
        if let list = rd_kafka_event_topic_partition_list(event) {
            for element in PartitionList.elements(of: list) {
                if let error = element.error { return .failure(error) }
            }
        }
        return KafkaError(rd_kafka_event_error(event)).map { .failure($0) } ?? .success(())
    }

    /// Reads the group's committed positions; partitions without one are left out.
    package func committed(
        _ partitions: [TopicPartition], timeout: Duration = .seconds(10)
    ) async throws(KafkaError) -> [TopicPartition: Int64] {
        try await onBlockingThread { client throws(KafkaError) in
            let list = PartitionList(partitions)
            let code = rd_kafka_committed(client.pointer, list.pointer, timeout.milliseconds)
            if let error = KafkaError(code) { throw error.ofRequest }
            var positions: [TopicPartition: Int64] = [:]
            for element in list.elements {
                if let error = element.error { throw error.ofRequest }
                if element.offset >= 0 { positions[element.partition] = element.offset }
            }
            return positions
        }
    }

    /// Runs a call that may block on the thread for such calls.
    func onBlockingThread<Answer: Sendable>(
        _ body: @escaping @Sendable (SharedClient) throws(KafkaError) -> Answer
    ) async throws(KafkaError) -> Answer {
        guard !isClosing, let client = client?.shared else { throw KafkaError(.destroyed) }
        return try await blocking.call(client, body)
    }
}

extension KafkaError {
    /// The error as that of one request: a login that fails says by an event of its own whether it
    /// can heal, and a request that waited for it says nothing about that.
    fileprivate var ofRequest: KafkaError {
        guard code == .authentication else { return self }
        return KafkaError(
            code, kind: .retriable, requiresAbort: requiresAbort, topicPartition: topicPartition,
            detail: detail)
    }
}
