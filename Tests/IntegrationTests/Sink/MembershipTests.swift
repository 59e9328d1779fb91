import Glibc
import Penstock
import PenstockRuntime
import PenstockTesting
import Synchronization
import Testing

/// A member stays in its group as long as its process works, however long it has nothing to do or
/// its task takes.
@Suite struct MembershipTests {
    /// The shortest that fits the session's timeout.
    private static let shortPollInterval = ["consumer.override.max.poll.interval.ms": "6000"]

    /// What a loop says that gets no processor for a while.
    private static let slowMachine = "A job held its event loop"

    @Test(.needsCommand, .needsKafka, .timeLimit(.minutes(2)))
    func `nothing to read for 20 s is no reason to leave`() async throws {
        try await SinkScenario.run { scenario in
            try await scenario.fill([.init(#"{"k":"a"}"#)])
            let process = try scenario.start(Self.shortPollInterval.mapValues { $0 })
            #expect(try await eventually { scenario.table.count == 1 }, "\(process.errors)")
            try await Task.sleep(for: .seconds(20))
            try await scenario.kafka.send([.init(#"{"k":"b"}"#)], to: scenario.name)
            #expect(
                try await eventually(atMost: .seconds(3)) { scenario.table.count == 2 },
                "\(process.errors)")
            Self.expectOneAssignment(in: process)
            let warnings = process.lines(at: .warning).filter { !$0.contains(Self.slowMachine) }
            #expect(warnings.isEmpty, "\(process.errors)")
        }
    }

    /// Shows that such a loss would be seen; and that what was lost comes back.
    @Test(.needsCommand, .needsApacheKafka, .timeLimit(.minutes(2)))
    func `a process that is stopped for too long loses its partitions and takes them again`()
        async throws
    {
        let workload = VersionedWorkload(records: 6_000, keys: 100, partitions: 2, seed: 8)
        try await SinkScenario.run(latency: .milliseconds(20)) { scenario in
            try await scenario.fill(workload.messages, partitions: 2)
            let process = try scenario.start([
                "consumer.override.session.timeout.ms": "1500",
                "consumer.override.heartbeat.interval.ms": "300",
                "dynamodb.max.requests.in.flight": "8",
            ])
            #expect(
                try await eventually { scenario.server.appliedWriteCount > 1000 },
                "\(process.errors)")
            process.send(SIGSTOP)
            try await Task.sleep(for: .seconds(3))
            process.send(SIGCONT)
            #expect(
                try await eventually {
                    try await scenario.committed(partitions: 2) == workload.ends
                },
                "\(process.errors)")
            #expect(!process.lines("Partitions lost").isEmpty, "\(process.errors)")
            #expect(VersionedWorkload.versions(in: scenario.table) == workload.last)
            var applied = AppliedVersions()
            applied.follow(scenario.server)
            #expect(applied.skips == [])
        }
    }

    private static func expectOneAssignment(in process: ChildProcess) {
        #expect(process.lines("Partitions assigned").count == 1, "\(process.errors)")
        #expect(process.lines("Partitions revoked").isEmpty, "\(process.errors)")
        #expect(process.lines("Partitions lost").isEmpty, "\(process.errors)")
    }

    /// Blocks its thread once.
    private final class Blocker: SinkTask {
        let seen = Mutex<[Int64]>([])
        let opened = Atomic(0)

        func open(_ partitions: [TopicPartition]) async throws(TaskError) {
            opened.add(1, ordering: .relaxed)
        }

        func write(_ batch: SinkBatch) async throws(TaskError) {
            if seen.withLock({ $0.isEmpty }) { sleep(10) }
            seen.withLock { $0 += batch.map(\.offset) }
        }
    }

    @Test(.needsKafka, .timeLimit(.minutes(2)))
    func `a task that blocks its thread for 10 s keeps its membership`() async throws {
        try await Kafka.run(try #require(Servers.kafkaBootstrap)) { kafka in
            let name = "it-\(UInt32.random(in: 0...UInt32.max))"
            try await kafka.create(name)
            try await kafka.send((0..<2000).map { .init(#"{"n":\#($0)}"#) }, to: name)
            let (task, log) = (Blocker(), LogRecorder())
            let runner = ConnectorRunner(
                name: name, connector: Sink { task }, topics: [name],
                kafka: [
                    "bootstrap.servers": kafka.bootstrap, "max.poll.interval.ms": "6000",
                    "session.timeout.ms": "6000", "heartbeat.interval.ms": "500",
                ], log: Log(log))
            try await runner.run {
                let isDone = try await eventually { task.seen.withLock { $0.count } >= 2000 }
                #expect(isDone)
            }
            #expect(task.opened.load(ordering: .relaxed) == 1)
            #expect(task.seen.withLock { $0 } == Array(0..<2000))
            let warnings = log.lines.filter { $0.level >= .warning }.map(\.message)
            #expect(warnings.filter { $0 != Self.slowMachine } == [])
            #expect(try await kafka.committed(by: name, name, partitions: 1) == [2000])
        }
    }

    @Test(.needsCommand, .needsKafka, .timeLimit(.minutes(2)))
    func `a DynamoDB that stalls costs neither memory nor membership nor, afterwards, speed`()
        async throws
    {
        let filler = String(repeating: "x", count: 100)
        let records = (0..<150_000).map {
            Kafka.Message(
                #"{"k":"key-\#($0 % 20_000)","s":"\#(filler)"}"#, partition: Int32($0 % 4))
        }
        try await SinkScenario.run(latency: .milliseconds(5), keepsLog: false) { scenario in
            try await scenario.fill(records, partitions: 4)
            let process = try scenario.start(
                Self.shortPollInterval.merging([
                    // So slow that the records last for the whole test.
                    "dynamodb.max.requests.in.flight": "4", "penstock.in.hand.records": "20000",
                ]) { $1 })
            let server = scenario.server
            #expect(try await eventually { server.appliedWriteCount > 5000 }, "\(process.errors)")
            let before = try await Self.rate(server)
            server.stall()
            try await Task.sleep(for: .seconds(3))
            let memory = process.residentBytes
            for _ in 0..<12 {
                try await Task.sleep(for: .seconds(1))
                let growth = process.residentBytes - memory
                #expect(growth < 8 << 20, "\(growth >> 20) MB more")
            }
            server.resume()
            try await Task.sleep(for: .seconds(2))
            let after = try await Self.rate(server)
            #expect(after > before / 2, "\(before) before, \(after) after")
            #expect(server.appliedWriteCount < records.count, "the records were too few")
            Self.expectOneAssignment(in: process)
        }
    }

    /// How many writes a second are applied.
    private static func rate(_ server: ScriptedDynamoDB) async throws -> Double {
        let (count, start) = (server.appliedWriteCount, ContinuousClock.now)
        try await Task.sleep(for: .seconds(1.5))
        return Double(server.appliedWriteCount - count)
            / ((ContinuousClock.now - start) / .seconds(1))
    }
}
