import Glibc
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
        // A job's slowness is this machine's.
        let warnings = log.lines.filter { $0.level >= .warning }.map(\.message)
        #expect(warnings.filter { $0 != "A job held its event loop" } == [])
    }

    @Test func `a task that blocks for longer than the group waits keeps its partitions`()
        async throws
    {
        let broker = try RealBroker()
        try await broker.fill(broker.name, partitions: 2, values: (0..<1000).map { "\($0)" })
        let seen = Mutex(0)
        let log = LogRecorder()
        let sink = Sink {
            BlockingTask { batch in
                let isFirst = seen.withLock { seen in
                    seen += batch.count
                    return seen == batch.count
                }
                if isFirst { sleep(9) }
            }
        }
        let kafka = broker.kafka.merging(["max.poll.interval.ms": "6000"]) { $1 }
        let runner = ConnectorRunner(
            name: broker.name, connector: sink, topics: [broker.name], kafka: kafka, log: Log(log))
        let run = Task { try await runner.run() }
        #expect(try await eventually { seen.withLock { $0 } >= 1000 })
        // Quiet for longer than the interval, too.
        try await Task.sleep(for: .seconds(8))
        run.cancel()
        try await run.value
        #expect(seen.withLock { $0 } == 1000, "nothing came twice")
        #expect(log.lines("Partitions assigned").count == 1)
        #expect(log.lines("Partitions revoked").isEmpty && log.lines("Partitions lost").isEmpty)
        let committed = try await broker.committed(broker.name, broker.name, partitions: 2)
        #expect(committed == [500, 500])
    }

    @Test(arguments: ["cooperative-sticky", "range"])
    func `two runners share the partitions, and one takes over from the other`(
        strategy: String
    ) async throws {
        let broker = try RealBroker()
        let topic = broker.name
        let kafka = broker.kafka.merging(["partition.assignment.strategy": strategy]) { $1 }
        try await broker.fill(topic, partitions: 4, values: (0..<400).map { "\($0)" })
        let (first, second) = (Counter(), Counter())
        let log = LogRecorder()
        func start(_ counter: Counter) -> Task<Void, any Error> {
            let runner = ConnectorRunner(
                name: broker.name, connector: Sink { counter }, topics: [topic], kafka: kafka,
                log: Log(log))
            return Task { try await runner.run() }
        }
        let one = start(first)
        #expect(try await eventually { first.count == 400 })
        let two = start(second)
        #expect(try await eventually { log.lines("Partitions assigned").count >= 2 })
        try await Task.sleep(for: .seconds(2))
        try await broker.fill(topic, partitions: 4, values: (0..<400).map { "\($0)" })
        #expect(try await eventually { first.count + second.count >= 800 })
        #expect(second.count == 200, "two partitions each")
        one.cancel()
        try await one.value
        try await broker.fill(topic, partitions: 4, values: (0..<400).map { "\($0)" })
        #expect(try await eventually { first.count + second.count >= 1200 })
        two.cancel()
        try await two.value
        #expect(first.count + second.count == 1200, "nothing came twice")
        #expect(
            try await broker.committed(broker.name, topic, partitions: 4) == [300, 300, 300, 300])
    }

    @Test func `settings that reach the client`() async throws {
        let broker = try RealBroker()
        try await broker.fill(broker.name, partitions: 1, values: ["1"])
        let counter = Counter()
        let kafka = broker.kafka.merging(["group.id": "other-\(broker.name)"]) { $1 }
        let runner = ConnectorRunner(
            name: broker.name, connector: Sink { counter }, topics: [broker.name], kafka: kafka,
            log: .disabled)
        let run = Task { try await runner.run() }
        #expect(try await eventually { counter.count == 1 })
        run.cancel()
        try await run.value
        let plain = try await broker.committed(broker.name, broker.name, partitions: 1)
        #expect(plain == [-1], "the group is another one")
    }

    @Test func `topics by a pattern, one of them made later`() async throws {
        let broker = try RealBroker()
        try await broker.fill(broker.name + "-a", partitions: 1, values: ["1"])
        let counter = Counter()
        let pattern = TopicPattern(broker.name + "-.*")
        let kafka = broker.kafka.merging(["metadata.max.age.ms": "500"]) { $1 }
        let runner = ConnectorRunner(
            name: broker.name, connector: Sink { counter }, topics: .matching(pattern),
            kafka: kafka, log: .disabled)
        let run = Task { try await runner.run() }
        #expect(try await eventually { counter.count == 1 })
        try await broker.fill(broker.name + "-b", partitions: 1, values: ["1", "2"])
        #expect(try await eventually { counter.count == 3 })
        run.cancel()
        try await run.value
    }
}

/// Blocks its thread as its test says.
private struct BlockingTask: SinkTask {
    let body: @Sendable (SinkBatch) -> Void

    func write(_ batch: SinkBatch) async throws(TaskError) { body(batch) }
}
