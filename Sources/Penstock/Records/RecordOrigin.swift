/// Where a record stands in Kafka: the only identity it has, whatever a transform makes of it.
public struct RecordOrigin: Hashable, Sendable, CustomStringConvertible {
    /// The topic and partition that it was read from.
    public let partition: TopicPartition
    /// Its offset there.
    public let offset: Int64

    /// Names a place.
    public init(partition: TopicPartition, offset: Int64) {
        self.partition = partition
        self.offset = offset
    }

    /// `topic-partition@offset`.
    public var description: String { "\(partition)@\(offset)" }
}
