import Penstock
import PenstockKafka

/// A Kafka consumer as the reading end of a worker.
///
/// Used on the worker's loop only.
final class KafkaGroupConsumer: GroupConsumer {
    private let consumer: KafkaConsumer
    private var topics: TopicSelection = []

    init(_ consumer: KafkaConsumer) { self.consumer = consumer }

    var partitions: PartitionTable { consumer.partitions }

    func subscribe(to topics: TopicSelection) async throws(BrokerError) {
        self.topics = topics
        do { try await consumer.subscribe(to: topics) } catch { throw BrokerError(error) }
    }

    func keepTopicsFresh() async { await consumer.keepTopicsFresh() }

    func poll(into batch: RecordBatch, maximum: Int, byteLimit: Int) -> FetchResult {
        let result = consumer.poll(into: batch, maximum: maximum, byteLimit: byteLimit)
        return FetchResult(appended: result.appended, isDrained: result.isDrained)
    }

    func nextEvent() -> GroupEvent? {
        switch consumer.nextEvent() {
        case .assigned(let partitions): .assigned(partitions)
        case .revoked(let partitions): .revoked(partitions)
        case .lost(let partitions): .lost(partitions)
        case .failure(let error): .failure(BrokerError(error))
        case nil: nil
        }
    }

    func waitUntilReady(atMost duration: Duration) async {
        await consumer.waitUntilReady(atMost: duration)
    }

    func wake() { consumer.wake() }

    func assign(_ partitions: [TopicPartition]) throws(BrokerError) {
        do { try consumer.assign(partitions) } catch { throw BrokerError(error) }
    }

    func unassign(_ partitions: [TopicPartition]) throws(BrokerError) {
        do { try consumer.unassign(partitions) } catch { throw BrokerError(error) }
    }

    func pause(_ partitions: [TopicPartition]) throws(BrokerError) {
        do { try consumer.pause(partitions) } catch { throw BrokerError(error) }
    }

    func resume(_ partitions: [TopicPartition]) throws(BrokerError) {
        do { try consumer.resume(partitions) } catch { throw BrokerError(error) }
    }

    func commit(_ positions: [TopicPartition: Int64]) async throws(BrokerError) {
        do { try await consumer.commit(positions) } catch { throw BrokerError(error) }
    }

    /// Reads a committed position: that needs a broker and the group's coordinator.
    func probe() async throws(BrokerError) {
        var partition = consumer.assignment.first
        if partition == nil, case .names(let names) = topics, let name = names.first {
            partition = TopicPartition(topic: name, partition: 0)
        }
        guard let partition else { throw BrokerError(.retriable, "no topic to ask for") }
        do { _ = try await consumer.committed([partition], timeout: .seconds(2)) } catch {
            throw BrokerError(error)
        }
    }

    func close(timeout: Duration) async { await consumer.close(timeout: timeout) }
}

extension BrokerError {
    /// A client's error in the terms of the runtime.
    init(_ error: KafkaError) {
        self.init(
            error.kind, error.description,
            isStaleMember: Self.staleMemberCodes.contains(error.code), cause: error)
    }

    /// The group has moved on, or the client is being closed.
    private static let staleMemberCodes: Set<KafkaErrorCode> = [
        .illegalGeneration, .unknownMember, .rebalanceInProgress, .assignmentLost, .wrongState,
        .destroyed, .pollIntervalExceeded,
    ]
}
