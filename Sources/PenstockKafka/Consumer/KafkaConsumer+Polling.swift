import CPenstockRDKafka
import Glibc
package import Penstock

extension KafkaConsumer {
    /// The longest time without a poll: the group counts polls, also of a topic without records.
    package static let longestWait: Duration = .seconds(1)

    /// Fetches what has arrived, without waiting.
    ///
    /// The bytes are copied into `batch` and the library's message is freed at once, since a held
    /// one pins the whole answer it came in. Stops early where an event has come.
    ///
    /// - Parameters:
    ///   - batch: Where the records go; its partitions are this consumer's.
    ///   - maximum: How many records to take at most.
    ///   - byteLimit: Stops once the batch holds so many bytes.
    /// - Returns: How many came, and whether nothing is left.
    package func poll(
        into batch: RecordBatch, maximum: Int, byteLimit: Int = .max
    ) -> PollResult {
        guard let pointer, !isClosing else { return PollResult(appended: 0, isDrained: true) }
        let before = batch.count
        let bytesBefore = batch.byteCount
        isDrained = false
        while batch.count - before < maximum, batch.byteCount < byteLimit, bridge.events.isEmpty {
            guard let message = rd_kafka_consumer_poll(pointer, 0) else {
                isDrained = true
                break
            }
            take(message, into: batch)
            rd_kafka_message_destroy(message)
        }
        let appended = batch.count - before
        nudgeIfNeeded(pointer, records: appended, bytes: batch.byteCount - bytesBefore)
        return PollResult(appended: appended, isDrained: isDrained)
    }

    /// Waits until there may be something to poll.
    ///
    /// Returns at once where the last poll left something or an event is waiting, after
    /// ``longestWait`` in any case, and when the task is cancelled.
    package func waitUntilReady(atMost duration: Duration = longestWait) async {
        guard isDrained, bridge.events.isEmpty, client != nil else { return }
        await waiter.wait(atMost: min(duration, Self.longestWait))
        isDrained = false
    }

    /// Ends ``waitUntilReady(atMost:)``; on the loop.
    package func wake() { waiter.wake() }

    func signalled() {
        isDrained = false
        waiter.wake()
    }

    private func take(
        _ message: UnsafeMutablePointer<rd_kafka_message_t>, into batch: RecordBatch
    ) {
        guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR, let topic = message.pointee.rkt
        else { return report(message) }
        var type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let timestamp = rd_kafka_message_timestamp(message, &type)
        batch.append(
            slot: slots.slot(topic: topic, partition: message.pointee.partition, in: partitions),
            offset: message.pointee.offset, timestamp: Timestamp(milliseconds: timestamp),
            timestampType: TimestampType(type),
            key: bytes(message.pointee.key, message.pointee.key_len),
            value: bytes(message.pointee.payload, message.pointee.len))
        takeHeaders(of: message, into: batch)
    }

    private func takeHeaders(
        of message: UnsafeMutablePointer<rd_kafka_message_t>, into batch: RecordBatch
    ) {
        var headers: OpaquePointer?
        guard rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return
        }
        var index = 0
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var size = 0
        while rd_kafka_header_get_all(headers, index, &name, &value, &size)
            == RD_KAFKA_RESP_ERR_NO_ERROR, let start = name
        {
            batch.appendHeader(
                name: UnsafeRawBufferPointer(start: start, count: strlen(start)),
                value: bytes(value, size))
            index += 1
        }
    }

    /// The library's null is null; an empty value has an address.
    private func bytes(_ start: UnsafeRawPointer?, _ count: Int) -> UnsafeRawBufferPointer? {
        start.map { UnsafeRawBufferPointer(start: $0, count: count) }
    }

    /// An error comes in a message's place, with the library's sentence as its bytes.
    private func report(_ message: UnsafeMutablePointer<rd_kafka_message_t>) {
        let partition = message.pointee.rkt.map {
            TopicPartition(
                topic: String(cString: rd_kafka_topic_name($0)),
                partition: message.pointee.partition)
        }
        let detail = rd_kafka_message_errstr(message).map { String(cString: $0) }
        bridge.append(
            .failure(
                KafkaError(
                    KafkaErrorCode(message.pointee.err), topicPartition: partition,
                    detail: detail)))
    }
}

extension TimestampType {
    init(_ type: rd_kafka_timestamp_type_t) {
        switch type {
        case RD_KAFKA_TIMESTAMP_CREATE_TIME: self = .createTime
        case RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME: self = .logAppendTime
        default: self = .none
        }
    }
}
