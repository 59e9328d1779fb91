import CPenstockRDKafka
package import Penstock
import PenstockIO

extension KafkaConsumer {
    /// Joins the group for topics: named ones, or all whose whole names match a pattern.
    ///
    /// A pattern is looked up at once; afterwards ``keepTopicsFresh()`` looks again. Named topics
    /// need not exist yet.
    package func subscribe(to selection: TopicSelection) async throws(KafkaError) {
        subscription = selection
        switch selection {
        case .names(let names): try subscribe(names)
        case .matching: try await refreshTopics()
        }
    }

    /// Looks for topics that match the pattern now, and joins for them if they are others than
    /// before.
    ///
    /// Kafka's own topics never match. Without effect for named topics.
    package func refreshTopics() async throws(KafkaError) {
        guard case .matching(let pattern) = subscription else { return }
        let topics = try await onBlockingThread { client throws(KafkaError) in
            let names = try client.topics(timeout: .seconds(3)).map(\.name)
            return pattern.matches(among: names.filter { !internalTopics.contains($0) }).sorted()
        }
        guard topics != subscribedTopics, client != nil else { return }
        try subscribe(topics)
    }

    /// Looks for topics that match the pattern every `metadata.max.age.ms`, until the task is
    /// cancelled; a look-up that fails is an event.
    package func keepTopicsFresh() async {
        guard case .matching = subscription else { return }
        while !Task.isCancelled {
            do { try await loop.sleep(for: settings.metadataMaximumAge) } catch { return }
            do throws(KafkaError) { try await refreshTopics() } catch {
                guard !Task.isCancelled else { return }
                bridge.append(.failure(error))
                signalled()
            }
        }
    }

    private func subscribe(_ topics: [String]) throws(KafkaError) {
        let pointer = try open()
        // The library takes such names for regular expressions of its own kind.
        if topics.contains(where: { $0.hasPrefix("^") }) { throw KafkaError(.invalidTopic) }
        if topics.isEmpty {
            try check(rd_kafka_unsubscribe(pointer))
        } else {
            let list = PartitionList(
                topics.map {
                    TopicPartition(topic: $0, partition: penstock_rdkafka_partition_unassigned)
                })
            try check(rd_kafka_subscribe(pointer, list.pointer))
        }
        subscribedTopics = topics
    }
}

/// What Kafka keeps for itself.
private let internalTopics: Set<String> = [
    "__consumer_offsets", "__transaction_state", "__share_group_state",
]
