/// One record on its way to a sink: a view into its batch.
///
/// Key and value are nil where Kafka holds null; a record without a value is a tombstone.
public struct SinkRecord: Sendable {
    package let batch: RecordBatch
    package let index: Int

    package init(batch: RecordBatch, index: Int) {
        self.batch = batch
        self.index = index
    }

    private var entry: RecordEntry { batch.entries[index] }

    /// Where it was read from: topic, partition and offset.
    public var origin: RecordOrigin { batch.origin(of: index) }

    /// The topic.
    public var topic: String { batch.partitions[entry.slot].topic }

    /// The partition's number.
    public var partition: Int32 { batch.partitions[entry.slot].partition }

    /// The offset in its partition.
    public var offset: Int64 { entry.offset }

    /// When it was made or appended; see ``timestampType``.
    public var timestamp: Timestamp { entry.timestamp }

    /// Who set the timestamp.
    public var timestampType: TimestampType { entry.timestampType }

    /// The key.
    public var key: Value? { value(at: entry.key) }

    /// The value; nil for a tombstone.
    public var value: Value? { value(at: entry.value) }

    /// The key's bytes as Kafka holds them.
    public var keyBytes: RecordBytes? { bytes(entry.keyBytes) }

    /// The value's bytes as Kafka holds them.
    public var valueBytes: RecordBytes? { bytes(entry.valueBytes) }

    /// The headers in their order; names may repeat.
    public var headers: [Header] {
        let first = Int(entry.firstHeader)
        return batch.headers[first..<first + Int(entry.headerCount)].map { header in
            Header(
                name: String(decoding: batch.arena[header.name], as: UTF8.self),
                value: value(at: header.value))
        }
    }

    private func value(at index: Int32) -> Value? {
        // Not a conditional expression: there nil would be the value null.
        guard index >= 0 else { return nil }
        return Value(arena: batch.arena, index: Int(index))
    }

    private func bytes(_ range: ByteRange?) -> RecordBytes? {
        range.map { RecordBytes(arena: batch.arena, range: $0) }
    }
}

extension SinkRecord: CustomStringConvertible {
    /// Where it was read from; never what it holds.
    public var description: String { origin.description }
}

/// One header of a record.
public struct Header: Sendable {
    /// The name.
    public let name: String
    /// The value; nil for null.
    public let value: Value?

    /// Makes a header.
    public init(_ name: String, _ value: Value?) { self.init(name: name, value: value) }

    init(name: String, value: Value?) {
        self.name = name
        self.value = value
    }
}
