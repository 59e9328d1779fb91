import CPenstockRDKafka
import Penstock

/// The owner of one of the library's lists of partitions.
struct PartitionList: ~Copyable {
    /// The list; lent for calls only.
    let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    init(capacity: Int = 16) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: capacity))
    }

    init(_ partitions: some Collection<TopicPartition>) {
        self.init(capacity: partitions.count)
        for partition in partitions { append(partition) }
    }

    init(_ positions: [TopicPartition: Int64]) {
        self.init(capacity: positions.count)
        for (partition, offset) in positions { append(partition, offset: offset) }
    }

    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    func append(
        _ partition: TopicPartition, offset: Int64 = penstock_rdkafka_offset_invalid
    ) {
        rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition).pointee
            .offset = offset
    }

    /// Sets every partition's offset.
    func setOffsets(to offset: Int64) {
        for index in 0..<Int(pointer.pointee.cnt) { pointer.pointee.elems[index].offset = offset }
    }

    var elements: [PartitionElement] { Self.elements(of: pointer) }

    /// Copies a list that the library lends.
    static func elements(
        of list: UnsafePointer<rd_kafka_topic_partition_list_t>
    ) -> [PartitionElement] {
        (0..<Int(list.pointee.cnt)).map { PartitionElement(list.pointee.elems[$0]) }
    }
}

/// One partition of a list, with its offset and error.
struct PartitionElement: Sendable {
    var partition: TopicPartition
    var offset: Int64
    var error: KafkaError?

    init(_ element: rd_kafka_topic_partition_t) {
        partition = TopicPartition(
            topic: String(cString: element.topic), partition: element.partition)
        offset = element.offset
        error = KafkaError(element.err, topicPartition: partition)
    }
}
