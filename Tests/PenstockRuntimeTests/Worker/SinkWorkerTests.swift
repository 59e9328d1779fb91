import Penstock
import PenstockIO
import Synchronization
import Testing

@testable import PenstockRuntime

@Suite struct SinkWorkerTests {
    static let first = WorkerBench.first
    static let second = WorkerBench.second

    private static func numbers(_ count: Int) -> [String?] { (0..<count).map { "\($0)" } }

    private static func names(_ range: Range<Int>, _ partition: Int = 0) -> [String] {
        range.map { "t-\(partition)@\($0)" }
    }

    @Test(arguments: [true, false])
    func `records are handed over in order, once, and committed`(neverBlocks: Bool) async throws {
        let task = ScriptedTask()
        try await WorkerBench.run(Sink(neverBlocks: neverBlocks) { task }) { bench in
            bench.consumer.produce(Self.first, Self.numbers(1200))
            bench.assign(Self.first)
            try await bench.expect("all is committed") {
                bench.consumer.committed == [Self.first: 1200]
            }
            #expect(task.written == Self.names(0..<1200))
            #expect(task.calls.first == "open t-0")
            #expect(task.batches.map(\.count) == [500, 500, 200])
            let commits = bench.consumer.calls.count { $0.hasPrefix("commit") }
            try await bench.settle()
            #expect(
                bench.consumer.calls.count { $0.hasPrefix("commit") } == commits,
                "a position that has not moved is not committed again")
            try await bench.stopWorker()
            #expect(bench.failure == nil)
            #expect(task.calls.suffix(3) == ["flush t-0", "close t-0 shutdown", "stop"])
            #expect(bench.consumer.calls.last == "close")
            #expect(task.overlaps == 0)
        }
    }

    @Test func `only what is acknowledged without a gap is committed`() async throws {
        let task = ScriptedTask { batch, _ in batch.acknowledgeLater() }
        try await WorkerBench.run(Sink(neverBlocks: true) { task }) { bench in
            bench.consumer.produce(Self.first, Self.numbers(5))
            bench.assign(Self.first)
            try await bench.expect("it is written") { task.written.count == 5 }
            let batch = task.batches[0]
            let records = Array(batch)
            batch.acknowledge(records[1])
            batch.acknowledge(records[2])
            try await bench.settle()
            #expect(bench.consumer.committed == [:])
            batch.acknowledge(records[0])
            try await bench.expect("the prefix") { bench.consumer.committed == [Self.first: 3] }
            batch.acknowledge(records[4])
            try await bench.settle()
            try await bench.stopWorker()
            #expect(bench.consumer.committed == [Self.first: 3])
            let line = bench.log.lines(
                "Records that were read are left uncommitted; they are read again")
            #expect(line.map(\.data["records"]) == ["2"])
        }
    }

    @Test func `a write that can heal is tried again, and nothing overtakes it`() async throws {
        let task = ScriptedTask { _, number throws(TaskError) in
            if number <= 2 { throw .retriable("away", after: .milliseconds(30)) }
        }
        try await WorkerBench.run(Sink { task }) { bench in
            bench.consumer.produce(Self.first, Self.numbers(700))
            bench.assign(Self.first)
            try await bench.expect("all is committed") {
                bench.consumer.committed == [Self.first: 700]
            }
            #expect(task.batches.map(\.count) == [500, 500, 500, 200])
            #expect(
                task.written == Self.names(0..<500) + Self.names(0..<500) + Self.names(0..<700))
            #expect(bench.log.lines("A write failed and is tried again").count == 1)
        }
    }

    @Test func `single records are tried again before the later ones`() async throws {
        let task = ScriptedTask { batch, number in
            guard number == 1 else { return }
            for record in batch where [2, 4].contains(record.offset) {
                batch.retry(record, after: .milliseconds(40))
            }
        }
        try await WorkerBench.run(Sink { task }) { bench in
            bench.consumer.produce(Self.first, Self.numbers(6))
            bench.assign(Self.first)
            try await bench.expect("it is written") { task.written.count >= 6 }
            bench.consumer.produce(Self.first, Self.numbers(3))
            try await bench.expect("all is committed") {
                bench.consumer.committed == [Self.first: 9]
            }
            #expect(task.written == Self.names(0..<6) + ["t-0@2", "t-0@4"] + Self.names(6..<9))
        }
    }

    @Test func `a bad record ends the worker, and nothing after it is committed`() async throws {
        let task = ScriptedTask { batch, _ in
            for record in batch where record.offset == 3 {
                batch.fail(record, TaskError.data("the field id is missing"))
            }
        }
        try await WorkerBench.run(Sink { task }) { bench in
            bench.consumer.produce(Self.first, Self.numbers(8))
            bench.assign(Self.first)
            try await bench.expect("it ends") { bench.hasEnded }
            #expect(bench.consumer.committed == [Self.first: 3])
            let error = try #require(bench.failure as? TaskError)
            #expect(error.kind == .data)
            #expect(
                error.description
                    == "t-0@3: the record cannot be handled: the field id is missing")
        }
    }

    @Test func `bytes that cannot be read end the worker after what came before`() async throws {
        let task = ScriptedTask()
        try await WorkerBench.run(Sink { task }) { bench in
            bench.consumer.produce(Self.first, ["1", "2", "{secret", "4"])
            bench.assign(Self.first)
            try await bench.expect("it ends") { bench.hasEnded }
            #expect(task.written == Self.names(0..<2))
            #expect(bench.consumer.committed == [Self.first: 2])
            let text = try #require(bench.failure as? TaskError).description
            #expect(text.hasPrefix("t-0@2: the record cannot be handled: the value could not"))
            #expect(!text.contains("secret"))
        }
    }

    @Test func `tolerated errors are skipped, counted and told seldom`() async throws {
        let task = ScriptedTask { batch, _ in
            for record in batch where record.offset % 2 == 1 {
                batch.fail(record, TaskError.data("odd"))
            }
        }
        try await WorkerBench.run(
            Sink { task }, configure: { $0.errors.tolerance = .all }
        ) { bench in
            bench.consumer.produce(Self.first, Self.numbers(20) + ["{", nil])
            bench.assign(Self.first)
            try await bench.expect("all is committed") {
                bench.consumer.committed == [Self.first: 22]
            }
            #expect(task.written == Self.names(0..<20) + ["t-0@21"], "a tombstone is a record")
            #expect(bench.log.lines("Records are skipped").count == 1)
        }
    }

    @Test(arguments: [ErrorTolerance.none, .all])
    func `the record that spoils a batch is found`(tolerance: ErrorTolerance) async throws {
        let task = ScriptedTask { batch, _ throws(TaskError) in
            if batch.contains(where: { $0.offset == 11 }) { throw .data("one of them is wrong") }
        }
        try await WorkerBench.run(
            Sink { task }, configure: { $0.errors.tolerance = tolerance }
        ) { bench in
            bench.consumer.produce(Self.first, Self.numbers(20))
            bench.assign(Self.first)
            if tolerance == .all {
                try await bench.expect("its neighbours are committed") {
                    bench.consumer.committed == [Self.first: 20]
                }
            } else {
                try await bench.expect("it ends") { bench.hasEnded }
                #expect(bench.consumer.committed == [Self.first: 11])
                #expect("\(bench.failure!)".hasPrefix("t-0@11: "))
            }
            let good = task.batches.filter { $0.allSatisfy { $0.offset != 11 } }.flatMap {
                $0.map(\.offset)
            }
            #expect(good == good.sorted(), "order is kept")
        }
    }

    @Test func `a fatal error ends the worker, and what it had not done stays`() async throws {
        let task = ScriptedTask { batch, number throws(TaskError) in
            if number == 2 { throw .fatal("access denied") }
        }
        try await WorkerBench.run(Sink { task }) { bench in
            bench.consumer.produce(Self.first, Self.numbers(700))
            bench.assign(Self.first)
            try await bench.expect("it ends") { bench.hasEnded }
            #expect(bench.consumer.committed == [Self.first: 500])
            #expect("\(bench.failure!)" == "access denied")
            #expect(!task.calls.contains("flush t-0"), "a broken task is not asked for more")
            #expect(task.calls.suffix(2) == ["close t-0 shutdown", "stop"])
        }
    }

    @Test func `a failure of the task's own work ends the worker`() async throws {
        let task = ScriptedTask(run: { () throws(TaskError) in throw .fatal("gone") })
        try await WorkerBench.run(Sink { task }) { bench in
            try await bench.expect("it ends") { bench.hasEnded }
            #expect("\(bench.failure!)" == "gone")
        }
    }

    @Test func `the task's own work is cancelled after its last call`() async throws {
        let ended = Mutex(false)
        let task = ScriptedTask(run: { () throws(TaskError) in
            try? await Task.sleep(for: .seconds(60))
            ended.withLock { $0 = Task.isCancelled }
        })
        try await WorkerBench.run(Sink { task }) { bench in
            bench.assign(Self.first)
            try await bench.expect("it is open") { !task.calls.isEmpty }
            #expect(!ended.withLock { $0 })
            try await bench.stopWorker()
            #expect(ended.withLock { $0 })
        }
    }

    @Test func `a task that cannot be made yet is tried again`() async throws {
        let attempts = Mutex(0)
        let task = ScriptedTask()
        let sink = Sink { _ throws(TaskError) in
            let attempt = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            if attempt < 3 { throw .retriable("no answer", after: .milliseconds(5)) }
            return task
        }
        try await WorkerBench.run(sink) { bench in
            bench.consumer.produce(Self.first, Self.numbers(3))
            bench.assign(Self.first)
            try await bench.expect("it works") { bench.consumer.committed == [Self.first: 3] }
            #expect(bench.log.lines("The task cannot be made yet").count == 1)
        }
    }

    @Test func `a task that is still being made is told of the end`() async throws {
        try await WorkerBench.run(
            Sink { _ async throws(TaskError) -> ScriptedTask in
                do { try await Task.sleep(for: .seconds(60)) } catch {}
                throw .retriable("it took too long")
            }
        ) { bench in
            try await bench.settle()
            try await bench.stopWorker()
            #expect(bench.failure == nil)
        }
    }
}
