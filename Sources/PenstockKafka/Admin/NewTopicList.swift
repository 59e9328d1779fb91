import CPenstockRDKafka

/// The owner of the library's descriptions of topics that are to be created.
final class NewTopicList {
    private var topics: [OpaquePointer?] = []

    deinit { for topic in topics { rd_kafka_NewTopic_destroy(topic) } }

    func append(_ topic: TopicSpecification) throws(KafkaError) {
        var text = [CChar](repeating: 0, count: 256)
        guard
            let pointer = rd_kafka_NewTopic_new(
                topic.name, Int32(clamping: topic.partitionCount ?? -1),
                Int32(clamping: topic.replicationFactor ?? -1), &text, text.count)
        else {
            let sentence = text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
            throw KafkaError(.invalidArgument, detail: sentence)
        }
        topics.append(pointer)
        for (name, value) in topic.settings {
            if let error = KafkaError(rd_kafka_NewTopic_set_config(pointer, name, value)) {
                throw error
            }
        }
    }

    func withPointers(_ body: (UnsafeMutablePointer<OpaquePointer?>?, Int) -> Void) {
        var pointers = topics
        body(&pointers, pointers.count)
    }
}
