import CPenstockRDKafka

/// The owner of a client's object for a topic.
final class TopicHandle {
    /// The object; lent for calls only.
    let pointer: OpaquePointer

    init?(_ name: String, _ client: OpaquePointer) {
        guard let pointer = rd_kafka_topic_new(client, name, nil) else { return nil }
        self.pointer = pointer
    }

    deinit { rd_kafka_topic_destroy(pointer) }
}
