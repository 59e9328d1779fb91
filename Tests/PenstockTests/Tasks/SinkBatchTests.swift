import Synchronization
import Testing

@testable import Penstock

@Suite struct SinkBatchTests {
    /// Taken for the record in the same place it would be committed unwritten.
    @Test func `a record of another batch ends the process`() async {
        await #expect(processExitsWith: .failure) {
            func batch() -> SinkBatch {
                let records = RecordBatch(partitions: PartitionTable())
                records.append(
                    slot: records.partitions.slot(of: TopicPartition(topic: "t", partition: 0)),
                    offset: 1, timestamp: Timestamp(milliseconds: 0), timestampType: .createTime,
                    key: nil, value: nil)
                return SinkBatch(records: records, indices: [0]) {}
            }
            let other = Array(batch())[0]
            batch().acknowledge(other)
        }
    }

    private static func records(_ count: Int) -> RecordBatch {
        let batch = RecordBatch(partitions: PartitionTable())
        let slot = batch.partitions.slot(of: TopicPartition(topic: "t", partition: 3))
        for offset in 0..<count {
            batch.append(
                slot: slot, offset: Int64(offset), timestamp: Timestamp(milliseconds: 1),
                timestampType: .createTime, key: nil, value: nil)
        }
        return batch
    }

    @Test func `each record has one outcome, the first`() {
        let wakes = Mutex(0)
        let batch = SinkBatch(records: Self.records(4), indices: [0, 1, 3]) {
            wakes.withLock { $0 += 1 }
        }
        let records = Array(batch)
        #expect(records.map(\.offset) == [0, 1, 3])
        batch.acknowledge(records[0])
        batch.fail(records[0], TaskError.data("too late"))
        batch.fail(records[1], TaskError.data("bad"))
        #expect(batch.unresolved == 1)
        batch.resolveRest(.acknowledged)
        #expect(batch.unresolved == 0)
        #expect(wakes.withLock { $0 } == 1, "told once until the outcomes are taken")
        var outcomes: [Int32: String] = [:]
        for resolved in batch.takeOutcomes() {
            for index in resolved.indices { outcomes[index] = "\(resolved.outcome)" }
        }
        #expect(outcomes.count == 3)
        #expect(outcomes[0] == "acknowledged" && outcomes[3] == "acknowledged")
        #expect(outcomes[1]?.contains("bad") == true)
        #expect(batch.takeOutcomes().isEmpty)
    }

    @Test func `a record is shown by its origin alone`() {
        let batch = SinkBatch(records: Self.records(1), indices: [0]) {}
        #expect(Array(batch)[0].description == "t-3@0")
    }
}
