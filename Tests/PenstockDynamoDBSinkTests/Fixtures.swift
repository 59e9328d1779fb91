import Penstock
import PenstockDynamoDB
import Synchronization

@testable import PenstockDynamoDBSink

/// Records made by hand, with their values already converted.
struct TestRecords {
    let batch = RecordBatch(partitions: PartitionTable())

    /// Adds a record; key and value are JSON, nil for null.
    @discardableResult
    func add(
        topic: String = "orders", partition: Int32 = 0, offset: Int64, key: String? = nil,
        value: String? = nil
    ) throws -> Int {
        let slot = batch.partitions.slot(of: TopicPartition(topic: topic, partition: partition))
        batch.append(
            slot: slot, offset: offset, timestamp: Timestamp(milliseconds: 0),
            timestampType: .createTime, key: nil, value: nil)
        let index = batch.count - 1
        try key.map { batch.setKey(try parse($0), of: index) }
        try value.map { batch.setValue(try parse($0), of: index) }
        return index
    }

    /// Adds a record with a value made by a builder.
    @discardableResult
    func add(offset: Int64, made value: Value) -> Int {
        let slot = batch.partitions.slot(of: TopicPartition(topic: "orders", partition: 0))
        batch.append(
            slot: slot, offset: offset, timestamp: Timestamp(milliseconds: 0),
            timestampType: .createTime, key: nil, value: nil)
        var builder = ValueBuilder(arena: batch.arena)
        builder.value(value)
        batch.setValue(Int32(builder.finish().index), of: batch.count - 1)
        return batch.count - 1
    }

    private func parse(_ json: String) throws -> Int32 {
        var json = json
        let range = json.withUTF8 { batch.arena.append(UnsafeRawBufferPointer($0)) }
        return Int32(try JSONParser.parse(range, in: batch.arena))
    }

    /// All records as a batch for a sink.
    func sinkBatch() -> SinkBatch {
        SinkBatch(
            records: batch, indices: ContiguousArray((0..<Int32(batch.count)))
        ) {}
    }
}

/// A table keyed by references, of the given types.
func tableWriter(
    _ hash: String = "value.id", _ hashType: ScalarType = .string, sort: String? = nil,
    _ sortType: ScalarType = .number
) -> TableWriter {
    TableWriter(
        name: "orders",
        hash: KeyPart(KeyReference(hash)!, type: hashType, limit: ItemLimits.hashKey),
        sort: sort.map { KeyPart(KeyReference($0)!, type: sortType, limit: ItemLimits.sortKey) })
}

/// The same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
