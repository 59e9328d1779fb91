import Penstock
import PenstockRuntime
import Synchronization
import Testing

@Suite(.enabled(if: RealBroker.bootstrap != nil, RealBroker.isMissing))
struct ConnectorRunnerKafkaTests {
    /// Counts what it gets, by partition.
    final class Counter: SinkTask {
        let seen = Mutex<[Int32: [Int64]]>([:])

        func write(_ batch: SinkBatch) async throws(TaskError) {
            seen.withLock { seen in
                for record in batch { seen[record.partition, default: []].append(record.offset) }
            }
        }

        var count: Int { seen.withLock { $0.values.reduce(0) { $0 + $1.count } } }
    }

    @Test(arguments: [true, false], [1, 2])
    func `every record comes once in order, and a cancelled runner has committed all`(
        neverBlocks: Bool, tasks: Int
    ) async throws {
        let broker = try RealBroker()
        let topic = broker.name
        try await broker.fill(topic, partitions: 4, values: (0..<10_000).map { #"{"n":\#($0)}"# })
        let (counter, log) = (Counter(), LogRecorder())
        let runner = ConnectorRunner(
            name: broker.name, connector: Sink(neverBlocks: neverBlocks) { counter },
            topics: [topic], kafka: broker.kafka, tasks: tasks, log: Log(log))
        let run = Task { try await runner.run() }
        #expect(try await eventually { counter.count >= 10_000 })
        run.cancel()
        try await run.value
        let offsets = Array(Int64(0)..<2500)
        #expect(counter.seen.withLock { $0 } == [0: offsets, 1: offsets, 2: offsets, 3: offsets])
        #expect(
            try await broker.committed(broker.name, topic, partitions: 4) == [
                2500, 2500, 2500, 2500,
            ])
        #expect(log.lines.filter { $0.level >= .warning }.map(\.message) == [])
    }
}
