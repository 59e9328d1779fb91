import CPenstockRDKafka

/// The owner of a reference to one of the library's queues.
struct QueueHandle: ~Copyable {
    /// The queue; lent for calls only.
    let pointer: OpaquePointer

    /// Takes over a reference.
    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit {
        // Whoever is signalled by the queue may be gone before the queue is.
        rd_kafka_queue_io_event_enable(pointer, -1, nil, 0)
        rd_kafka_queue_destroy(pointer)
    }

    /// How many records, events and answers are waiting.
    var count: Int { rd_kafka_queue_length(pointer) }
}
