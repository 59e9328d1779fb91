import Penstock
import PenstockIO
import Testing

@testable import PenstockRuntime

@Suite struct SinkWorkerRebalanceTests {
    static let first = WorkerBench.first
    static let second = WorkerBench.second

    private static func numbers(_ count: Int) -> [String?] { (0..<count).map { "\($0)" } }

    @Test func `before partitions go, what is in hand is written and committed`() async throws {
        // It acknowledges only when it is told to flush.
        let task = ScriptedTask(
            flush: { task in
                for batch in task.batches { batch.resolveRest(.acknowledged) }
            },
            write: { batch, _ in batch.acknowledgeLater() })
        try await WorkerBench.run(
            Sink { task }, configure: { $0.commitInterval = .seconds(60) }
        ) { bench in
            bench.consumer.produce(Self.first, Self.numbers(10))
            bench.consumer.produce(Self.second, Self.numbers(10))
            bench.assign(Self.first, Self.second)
            try await bench.expect("it is written") { task.written.count == 20 }
            bench.consumer.happen(.revoked([Self.second]))
            try await bench.expect("it is given back") {
                bench.consumer.calls.contains("unassign t-1")
            }
            #expect(bench.consumer.committed[Self.second] == 10)
            #expect(
                task.calls.suffix(2) == ["flush t-1", "close t-1 rebalance"])
            let calls = bench.consumer.calls.suffix(2)
            #expect(calls.first?.hasPrefix("commit") == true && calls.last == "unassign t-1")
            bench.consumer.produce(Self.first, Self.numbers(5))
            try await bench.expect("what stays flows on") { task.written.count == 25 }
        }
    }

    @Test func `of lost partitions nothing is committed`() async throws {
        let task = ScriptedTask { batch, _ in batch.acknowledgeLater() }
        try await WorkerBench.run(Sink { task }) { bench in
            bench.consumer.produce(Self.first, Self.numbers(10))
            bench.assign(Self.first)
            try await bench.expect("it is written") { task.written.count == 10 }
            bench.consumer.happen(.lost([Self.first]))
            try await bench.expect("it is let go") {
                bench.consumer.calls.contains("unassign t-0")
            }
            for batch in task.batches { batch.resolveRest(.acknowledged) }
            try await bench.settle()
            try await bench.stopWorker()
            #expect(bench.consumer.committed == [:])
            #expect(task.calls.contains("close t-0 lost"))
            #expect(!task.calls.contains("flush t-0"))
        }
    }

    @Test func `late outcomes of an earlier assignment move nothing`() async throws {
        let task = ScriptedTask { batch, _ in batch.acknowledgeLater() }
        try await WorkerBench.run(Sink { task }) { bench in
            bench.consumer.produce(Self.first, Self.numbers(10))
            bench.assign(Self.first)
            try await bench.expect("it is written") { task.written.count == 10 }
            bench.consumer.happen(.revoked([Self.first]))
            bench.assign(Self.first)
            try await bench.expect("it comes again") { task.written.count == 20 }
            task.batches[0].resolveRest(.acknowledged)
            try await bench.settle()
            #expect(bench.consumer.committed == [:])
            task.batches[1].resolveRest(.acknowledged)
            try await bench.expect("the second run counts") {
                bench.consumer.committed == [Self.first: 10]
            }
        }
    }

    @Test func `records of partitions that go are not handed over any more`() async throws {
        let gate = Gate()
        let task = ScriptedTask { batch, number throws(TaskError) in
            if number == 1 {
                await gate.wait()
                throw .retriable("again", after: .seconds(30))
            }
        }
        try await WorkerBench.run(
            Sink { task }, configure: { $0.maximumPollInterval = .milliseconds(900) }
        ) { bench in
            bench.consumer.produce(Self.first, Self.numbers(3))
            bench.consumer.produce(Self.second, Self.numbers(3))
            bench.assign(Self.first, Self.second)
            try await bench.expect("it is inside") { task.batches.count == 1 }
            gate.open()
            // Nothing polls while a write waits for its next try, but for the group's sake.
            bench.consumer.happen(.revoked([Self.first, Self.second]))
            try await bench.expect("it is given back") {
                bench.consumer.calls.contains("unassign t-0,t-1")
            }
            try await bench.stopWorker()
            #expect(task.batches.count == 1)
            #expect(bench.consumer.committed == [:])
            #expect(
                bench.log.lines(
                    "Records that were read are left uncommitted; they are read again"
                ).isEmpty)
        }
    }

    @Test func `commits that come too late end nothing`() async throws {
        let task = ScriptedTask()
        try await WorkerBench.run(Sink { task }) { bench in
            bench.consumer.commitErrors = [
                BrokerError(.retriable, "REBALANCE_IN_PROGRESS", isStaleMember: true),
                BrokerError(.retriable, "COORDINATOR_NOT_AVAILABLE"),
            ]
            bench.consumer.produce(Self.first, Self.numbers(3))
            bench.assign(Self.first)
            try await bench.expect("a later commit is successful") {
                bench.consumer.committed == [Self.first: 3]
            }
            #expect(bench.consumer.calls.count { $0.hasPrefix("commit") } == 3)
            #expect(bench.log.lines("Kafka does not answer as it should").count == 1)
            try await bench.expect("it is over") {
                bench.log.lines("Kafka answers again").count == 1
            }
        }
    }

    @Test func `a client that cannot go on ends the worker`() async throws {
        let task = ScriptedTask()
        try await WorkerBench.run(Sink { task }) { bench in
            bench.consumer.happen(.failure(BrokerError(.retriable, "TRANSPORT")))
            bench.consumer.happen(.failure(BrokerError(.fatal, "TOPIC_AUTHORIZATION_FAILED")))
            try await bench.expect("it ends") { bench.hasEnded }
            #expect("\(bench.failure!)" == "TOPIC_AUTHORIZATION_FAILED")
        }
    }

    @Test func `records of partitions that went weigh on no budget`() async throws {
        // It never tells of a record, and forgets all of them when their partition is closed.
        let task = ScriptedTask { batch, _ in batch.acknowledgeLater() }
        try await WorkerBench.run(Sink { task }, configure: { $0.recordLimit = 1000 }) { bench in
            bench.consumer.produce(Self.first, Self.numbers(1000))
            bench.consumer.produce(Self.second, Self.numbers(10))
            bench.assign(Self.first)
            try await bench.expect("the budget is full") { task.written.count == 1000 }
            bench.consumer.happen(.lost([Self.first]))
            bench.assign(Self.second)
            try await bench.expect("there is room again") { task.written.count == 1010 }
            for batch in task.batches { batch.resolveRest(.acknowledged) }
            try await bench.expect("late words change nothing") {
                bench.consumer.committed == [Self.second: 10]
            }
        }
    }
}
