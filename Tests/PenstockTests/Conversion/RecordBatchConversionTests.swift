import Testing

@testable import Penstock

@Suite struct RecordBatchConversionTests {
    @Test func `a part that fails leaves nothing behind`() throws {
        let batch = RecordBatch(partitions: PartitionTable())
        let slot = batch.partitions.slot(of: TopicPartition(topic: "t", partition: 0))
        for text in ["good", "bad", "good"] {
            text.utf8.withContiguousStorageIfAvailable { bytes in
                batch.append(
                    slot: slot, offset: Int64(batch.count), timestamp: Timestamp(milliseconds: 0),
                    timestampType: .none, key: nil, value: UnsafeRawBufferPointer(bytes))
            }
        }
        let converters = RecordConverters(
            key: ArrayConverter(), value: ArrayConverter(), header: nil)
        try batch.convert(0, with: converters)
        let tokens = batch.arena.tokenCount
        #expect(throws: RecordConversionError.self) { try batch.convert(1, with: converters) }
        #expect(batch.arena.tokenCount == tokens)
        try batch.convert(2, with: converters)
        let record = SinkRecord(batch: batch, index: 2)
        #expect(record.key == nil, "null bytes make null")
        #expect(record.value == ["good"])
        #expect(SinkRecord(batch: batch, index: 1).value == nil)
    }
}

/// Puts a text into an array, and fails with the array open where the text is `bad`.
private final class ArrayConverter: Converter {
    func read(
        _ bytes: RecordBytes?, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) {
        guard let bytes else { return }
        builder.beginArray()
        let text = bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        if text == "bad" { throw ConversionError("bad") }
        builder.string(text)
        builder.end()
    }

    func write(
        _ value: Value?, schema: Schema?, topic: String
    ) throws(ConversionError) -> [UInt8]? { nil }
}
