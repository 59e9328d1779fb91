import Glibc
import PenstockTesting
import Testing

/// The end that SIGTERM asks for.
@Suite(.serialized, .needsCommand) struct StopTests {
    private static let workload = VersionedWorkload(
        records: 20_000, keys: 500, partitions: 4, seed: 7)
    private static let slowly = [
        "dynamodb.max.requests.in.flight": "8", "penstock.in.hand.records": "2000",
    ]

    @Test(.needsKafka, .timeLimit(.minutes(1)), arguments: [SIGTERM, SIGINT])
    func `what is in hand is written and committed, and not more`(signal: Int32) async throws {
        try await SinkScenario.run(latency: .milliseconds(20)) { scenario in
            try await scenario.fill(Self.workload.messages, partitions: 4)
            // Commits only at the end.
            let process = try scenario.start(
                Self.slowly.merging(["offset.flush.interval.ms": "60000"]) { $1 })
            #expect(
                try await eventually { scenario.server.appliedWriteCount > 2000 },
                "\(process.errors)")
            let start = ContinuousClock.now
            process.send(signal)
            #expect(try await process.end(atMost: .seconds(20)) == .exit(0), "\(process.errors)")
            #expect(ContinuousClock.now - start < .seconds(6.5))
            try await Self.checkCommitted(scenario, process)
        }
    }

    /// What is committed is the contiguous prefix of what was applied; the number of the others
    /// that were read is in the log.
    private static func checkCommitted(
        _ scenario: SinkScenario, _ process: ChildProcess
    ) async throws {
        let committed = try await scenario.committed(partitions: 4)
        var applied = AppliedVersions()
        applied.follow(scenario.server)
        let contiguous = workload.records.map { Int64(applied.contiguous($0)) }
        #expect(committed == contiguous)
        #expect(committed != workload.ends, "the run was over before the signal came")
        let isAllCommitted = committed.reduce(0, +) == Int64(scenario.server.appliedWriteCount)
        let isTold = !process.lines("left uncommitted").isEmpty
        #expect(isAllCommitted != isTold, "\(process.errors)")
    }

    @Test(.needsKafka, .timeLimit(.minutes(1)))
    func `with a DynamoDB that stalls it ends at the deadline and says what is left`() async throws
    {
        try await SinkScenario.run(latency: .milliseconds(20)) { scenario in
            try await scenario.fill(Self.workload.messages, partitions: 4)
            let process = try scenario.start(
                Self.slowly.merging(["task.shutdown.graceful.timeout.ms": "3000"]) { $1 })
            #expect(
                try await eventually { scenario.server.appliedWriteCount > 1000 },
                "\(process.errors)")
            scenario.server.stall()
            try await Task.sleep(for: .milliseconds(500))
            let start = ContinuousClock.now
            process.send(SIGTERM)
            #expect(try await process.end(atMost: .seconds(20)) == .exit(0), "\(process.errors)")
            let time = ContinuousClock.now - start
            #expect(time > .seconds(2) && time < .seconds(5), "\(time)")
            let told = process.lines("left uncommitted")
            #expect(told.count == 1, "\(process.errors)")
            #expect((told.first?.field("records").flatMap { Int($0) } ?? 0) > 0)
            let committed = try await scenario.committed(partitions: 4)
            var applied = AppliedVersions()
            applied.follow(scenario.server)
            for (partition, records) in Self.workload.records.enumerated() {
                #expect(committed[partition] <= Int64(applied.contiguous(records)))
            }
        }
    }

    @Test(.needsKafka, .timeLimit(.minutes(1)))
    func `a second signal ends it at once`() async throws {
        try await SinkScenario.run { scenario in
            try await scenario.fill(Self.workload.messages, partitions: 4)
            scenario.server.script = [.on(.batchWriteItem, do: .stall)]
            let process = try scenario.start(["task.shutdown.graceful.timeout.ms": "20000"])
            #expect(
                try await eventually {
                    scenario.server.requests.contains { $0.operation == .batchWriteItem }
                }, "\(process.errors)")
            process.send(SIGTERM)
            try await Task.sleep(for: .seconds(1))
            #expect(process.isRunning)
            let start = ContinuousClock.now
            process.send(SIGTERM)
            #expect(try await process.end() == .exit(128 + SIGTERM))
            #expect(ContinuousClock.now - start < .seconds(1))
        }
    }
}
