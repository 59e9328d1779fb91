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

    @Test func `a converter may hold a record's bytes while it writes`() throws {
        let batch = RecordBatch(partitions: PartitionTable())
        let slot = batch.partitions.slot(of: TopicPartition(topic: "t", partition: 0))
        Array("a text at the very beginning".utf8).withUnsafeBytes {
            batch.append(
                slot: slot, offset: 0, timestamp: Timestamp(milliseconds: 0),
                timestampType: .none, key: $0, value: nil)
        }
        let converter = RepeatingConverter()
        try batch.convert(0, with: RecordConverters(key: converter, value: converter, header: nil))
        let key = try #require(SinkRecord(batch: batch, index: 0).key)
        #expect(key.count == 20_000)
        #expect(key.elements.allSatisfy { $0 == "a text at the very beginning" })
    }

    /// A container left open would swallow the records behind it.
    @Test(arguments: ["open", "two"])
    func `a converter that writes no whole value fails`(text: String) throws {
        let batch = RecordBatch(partitions: PartitionTable())
        let slot = batch.partitions.slot(of: TopicPartition(topic: "t", partition: 0))
        for text in [text, "good"] {
            Array(text.utf8).withUnsafeBytes {
                batch.append(
                    slot: slot, offset: Int64(batch.count), timestamp: Timestamp(milliseconds: 0),
                    timestampType: .none, key: nil, value: $0)
            }
        }
        let converters = RecordConverters(
            key: ArrayConverter(), value: ArrayConverter(), header: nil)
        #expect(throws: RecordConversionError.self) { try batch.convert(0, with: converters) }
        try batch.convert(1, with: converters)
        #expect(SinkRecord(batch: batch, index: 1).value == ["good"])
    }
}

/// Writes a text over and over while it is lent.
private final class RepeatingConverter: Converter {
    func read(
        _ bytes: RecordBytes?, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) {
        guard let bytes else { return }
        builder.beginArray()
        bytes.withUnsafeBytes { lent in
            for _ in 0..<20_000 { builder.string(String(decoding: lent, as: UTF8.self)) }
        }
        builder.end()
    }

    func write(
        _ value: Value?, schema: Schema?, topic: String
    ) throws(ConversionError) -> [UInt8]? { nil }
}

/// Puts a text into an array, and fails with the array open where the text is `bad`; breaks its
/// promise where it is `open` or `two`.
private final class ArrayConverter: Converter {
    func read(
        _ bytes: RecordBytes?, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) {
        guard let bytes else { return }
        builder.beginArray()
        let text = bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        if text == "bad" { throw ConversionError("bad") }
        builder.string(text)
        if text == "open" { return }
        builder.end()
        if text == "two" { builder.null() }
    }

    func write(
        _ value: Value?, schema: Schema?, topic: String
    ) throws(ConversionError) -> [UInt8]? { nil }
}
