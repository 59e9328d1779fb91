import Glibc
import Penstock
import PenstockIO
import Testing

@testable import PenstockRuntime

@Suite struct SinkWorkerFlowTests {
    static let first = WorkerBench.first

    private static func numbers(_ count: Int) -> [String?] { (0..<count).map { "\($0)" } }

    @Test func `a task that acknowledges nothing gets no more than the budget`() async throws {
        let task = ScriptedTask { batch, _ in batch.acknowledgeLater() }
        try await WorkerBench.run(
            Sink(neverBlocks: true) { task }, configure: { $0.recordLimit = 1300 }
        ) { bench in
            bench.consumer.produce(Self.first, Self.numbers(10_000))
            bench.assign(Self.first)
            try await bench.expect("full batches") { bench.consumer.polledRecords >= 1000 }
            let polls = bench.consumer.pollCount
            try await bench.expect("two batches") { bench.consumer.polledRecords >= 1000 }
            try await bench.settle(.milliseconds(200))
            #expect(bench.consumer.polledRecords == 1000, "the rest is no batch of its own")
            #expect(bench.consumer.pollCount == polls, "not polling is the back-pressure")
            task.batches[0].resolveRest(.acknowledged)
            try await bench.expect("room for one more") { bench.consumer.polledRecords == 1500 }
        }
    }

    @Test func `the memory of batches counts`() async throws {
        let task = ScriptedTask { batch, _ in batch.acknowledgeLater() }
        try await WorkerBench.run(
            Sink(neverBlocks: true) { task },
            configure: {
                $0.byteLimit = 200 << 10
                $0.maximumPollRecords = 10
            }
        ) { bench in
            bench.consumer.produce(Self.first, Self.numbers(1000))
            bench.assign(Self.first)
            try await bench.expect("four batches") { bench.consumer.polledRecords >= 40 }
            try await bench.settle(.milliseconds(200))
            #expect(bench.consumer.polledRecords == 40, "a small batch counts 64 KiB")
        }
    }

    @Test func `a task that blocks keeps its membership`() async throws {
        let task = ScriptedTask { _, number in if number == 1 { sleep(4) } }
        try await WorkerBench.run(
            Sink { task }, configure: { $0.maximumPollInterval = .milliseconds(1500) }
        ) { bench in
            bench.consumer.produce(Self.first, Self.numbers(700))
            bench.assign(Self.first)
            try await bench.expect("it is paused") { !bench.consumer.paused.isEmpty }
            let polls = bench.consumer.pollCount
            try await bench.expect("it polls once a second") {
                bench.consumer.pollCount >= polls + 2
            }
            #expect(task.batches.count == 1)
            try await bench.expect("all is committed") {
                bench.consumer.committed == [Self.first: 700]
            }
            #expect(bench.consumer.calls.count { $0.hasPrefix("pause") } == 1)
            #expect(bench.consumer.calls.count { $0.hasPrefix("resume") } == 1)
        }
    }

    @Test func `a quiet topic is polled every second`() async throws {
        let task = ScriptedTask()
        try await WorkerBench.run(
            Sink { task }, configure: { $0.commitInterval = .seconds(60) }
        ) { bench in
            bench.assign(Self.first)
            try await bench.settle(.milliseconds(100))
            let polls = bench.consumer.pollCount
            try await bench.expect("polls", atMost: .seconds(20)) {
                bench.consumer.pollCount >= polls + 2
            }
        }
    }

    @Test func `a task that does not end is not waited for longer than allowed`() async throws {
        let gate = Gate()
        let task = ScriptedTask { _, number in if number == 2 { await gate.wait() } }
        try await WorkerBench.run(
            Sink { task }, configure: { $0.gracefulStopTimeout = .milliseconds(300) }
        ) { bench in
            bench.consumer.produce(Self.first, Self.numbers(700))
            bench.assign(Self.first)
            try await bench.expect("it is inside") { task.batches.count == 2 }
            let start = ContinuousClock.now
            async let end: Void = bench.stopWorker()
            try await bench.expect("the group is left") { bench.consumer.isClosed }
            // The task would never end.
            #expect(ContinuousClock.now - start < .seconds(30))
            #expect(bench.consumer.committed == [Self.first: 500])
            let line = bench.log.lines(
                "Records that were read are left uncommitted; they are read again")
            #expect(line.map(\.data["records"]) == ["200"])
            gate.open()
            try await end
            #expect(bench.failure == nil)
        }
    }

    @Test func `what is in hand at the end is written and committed`() async throws {
        let task = ScriptedTask { _, _ in try? await Task.sleep(for: .milliseconds(100)) }
        try await WorkerBench.run(
            Sink { task }, configure: { $0.commitInterval = .seconds(60) }
        ) { bench in
            bench.consumer.produce(Self.first, Self.numbers(500))
            bench.assign(Self.first)
            try await bench.expect("it is inside") { task.batches.count == 1 }
            try await bench.stopWorker()
            #expect(bench.consumer.committed == [Self.first: 500])
        }
    }

    @Test func `a commit that is not answered does not hold up the end`() async throws {
        let task = ScriptedTask()
        try await WorkerBench.run(
            Sink { task }, configure: { $0.gracefulStopTimeout = .milliseconds(300) }
        ) { bench in
            bench.consumer.holdsCommits = true
            bench.consumer.produce(Self.first, Self.numbers(5))
            bench.assign(Self.first)
            try await bench.expect("it is written") { task.written.count == 5 }
            try await bench.stopWorker()
            #expect(bench.failure == nil)
            #expect(bench.consumer.isClosed)
        }
    }

    @Test func `records that are all skipped leave the loop to others`() async throws {
        let task = ScriptedTask()
        try await WorkerBench.run(
            Sink { task }, configure: { $0.errors.tolerance = .all }
        ) { bench in
            let count = 100_000
            bench.consumer.produce(Self.first, repeatElement("{", count: count))
            bench.assign(Self.first)
            try await bench.expect("it has begun") { bench.consumer.polledRecords > 0 }
            #expect(bench.consumer.polledRecords < count, "nobody else had a turn before the end")
            try await bench.expect("all are committed") {
                bench.consumer.committed == [Self.first: Int64(count)]
            }
            #expect(task.written.isEmpty)
        }
    }
}
