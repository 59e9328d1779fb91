import Penstock
import PenstockIO

@testable import PenstockRuntime

/// A member of a group whose records and events a test makes.
///
/// `@unchecked Sendable`: used on its loop only.
final class MemoryConsumer: GroupConsumer, @unchecked Sendable {
    let partitions = PartitionTable()
    private let loop: EventLoop
    private let gate: LoopGate

    /// The topics' records: keys and values by partition; a record's offset is its place.
    var records: [TopicPartition: [(key: String?, value: String?)]] = [:]
    /// Where each assigned partition is read next.
    private(set) var positions: [TopicPartition: Int] = [:]
    private(set) var committed: [TopicPartition: Int64] = [:]
    private(set) var paused: Set<TopicPartition> = []
    /// What a poll will bring, as the library's queue does.
    private var coming: [GroupEvent] = []
    private var events: [GroupEvent] = []
    /// What commits answer with, one after the other; then they are successful.
    var commitErrors: [BrokerError] = []
    /// Commits wait while it is set.
    var holdsCommits = false

    /// What was called, in order; polls are counted only.
    private(set) var calls: [String] = []
    private(set) var pollCount = 0
    private(set) var polledRecords = 0
    private(set) var isClosed = false

    init(loop: EventLoop) {
        self.loop = loop
        gate = LoopGate(loop: loop)
    }

    // MARK: What a test does

    func produce(_ partition: TopicPartition, _ values: some Sequence<String?>) {
        records[partition, default: []] += values.map { (nil, $0) }
        wake()
    }

    func happen(_ event: GroupEvent) {
        coming.append(event)
        wake()
    }

    // MARK: GroupConsumer

    func subscribe(to topics: TopicSelection) async throws(BrokerError) {
        calls.append("subscribe")
    }

    func keepTopicsFresh() async {}

    func poll(into batch: RecordBatch, maximum: Int, byteLimit: Int) -> FetchResult {
        pollCount += 1
        if events.isEmpty, !coming.isEmpty { events.append(coming.removeFirst()) }
        var appended = 0
        for partition in positions.keys.sorted() where !paused.contains(partition) {
            while appended < maximum, events.isEmpty, let position = positions[partition],
                position < records[partition, default: []].count
            {
                append(partition, position, to: batch)
                positions[partition] = position + 1
                appended += 1
            }
        }
        polledRecords += appended
        return FetchResult(appended: appended, isDrained: appended < maximum && events.isEmpty)
    }

    private func append(_ partition: TopicPartition, _ offset: Int, to batch: RecordBatch) {
        let record = records[partition, default: []][offset]
        let slot = partitions.slot(of: partition)
        withBytes(record.key) { key in
            withBytes(record.value) { value in
                batch.append(
                    slot: slot, offset: Int64(offset), timestamp: Timestamp(milliseconds: 0),
                    timestampType: .createTime, key: key, value: value)
            }
        }
    }

    /// Lends a text's bytes without copying them: a test counts allocations.
    private func withBytes(_ text: String?, _ body: (UnsafeRawBufferPointer?) -> Void) {
        guard var text else { return body(nil) }
        text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }

    func nextEvent() -> GroupEvent? { events.isEmpty ? nil : events.removeFirst() }

    func waitUntilReady(atMost duration: Duration) async { await gate.wait(atMost: duration) }

    func wake() { gate.open() }

    func assign(_ partitions: [TopicPartition]) throws(BrokerError) {
        calls.append("assign \(partitions.listed)")
        for partition in partitions {
            positions[partition] = Int(committed[partition] ?? 0)
            paused.remove(partition)
        }
    }

    func unassign(_ partitions: [TopicPartition]) throws(BrokerError) {
        calls.append("unassign \(partitions.listed)")
        for partition in partitions { positions[partition] = nil }
    }

    func pause(_ partitions: [TopicPartition]) throws(BrokerError) {
        calls.append("pause \(partitions.listed)")
        paused.formUnion(partitions)
    }

    func resume(_ partitions: [TopicPartition]) throws(BrokerError) {
        calls.append("resume \(partitions.listed)")
        paused.subtract(partitions)
    }

    func commit(_ positions: [TopicPartition: Int64]) async throws(BrokerError) {
        let listed = positions.sorted { $0.key < $1.key }.map { "\($0.key)@\($0.value)" }
        calls.append("commit \(listed.joined(separator: ","))")
        while holdsCommits, !isClosed { try? await loop.sleep(for: .milliseconds(1)) }
        if isClosed { throw BrokerError(.retriable, "closed", isStaleMember: true) }
        if !commitErrors.isEmpty { throw commitErrors.removeFirst() }
        committed.merge(positions) { $1 }
    }

    func probe() async throws(BrokerError) {}

    func close(timeout: Duration) async {
        guard !isClosed else { return }
        isClosed = true
        calls.append("close")
    }
}
