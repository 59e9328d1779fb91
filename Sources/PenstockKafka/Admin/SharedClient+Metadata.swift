import CPenstockRDKafka

extension SharedClient {
    /// Asks a broker for its topics, all of them or one, and blocks until the answer is there.
    func topics(
        named name: String? = nil, timeout: Duration
    ) throws(KafkaError) -> [TopicDescription] {
        let topic = name.map { rd_kafka_topic_new(pointer, $0, nil) } ?? nil
        defer { if let topic { rd_kafka_topic_destroy(topic) } }
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(
            pointer, name == nil ? 1 : 0, topic, &metadata, timeout.milliseconds)
        if let error = KafkaError(code) { throw error }
        guard let metadata else { return [] }
        defer { rd_kafka_metadata_destroy(metadata) }
        return (0..<Int(metadata.pointee.topic_cnt)).map { index in
            let one = metadata.pointee.topics[index]
            return TopicDescription(
                name: String(cString: one.topic), partitionCount: Int(one.partition_cnt),
                error: KafkaError(one.err))
        }
    }
}
