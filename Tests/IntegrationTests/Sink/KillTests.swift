import Glibc
import PenstockTesting
import Testing

/// Processes that die at any moment.
@Suite(.serialized, .needsCommand) struct KillTests {
    /// A member that was killed is missed soon.
    static let shortSession = [
        "consumer.override.session.timeout.ms": "1500",
        "consumer.override.heartbeat.interval.ms": "300",
        "offset.flush.interval.ms": "100",
        "dynamodb.max.requests.in.flight": "8",
    ]

    @Test(.needsApacheKafka, .timeLimit(.minutes(5)))
    func `killed again and again, it loses nothing and keeps the order of each key`() async throws {
        let workload = VersionedWorkload(records: 50_000, keys: 500, partitions: 4, seed: 4)
        try await SinkScenario.run(latency: .milliseconds(30)) { scenario in
            try await scenario.fill(workload.messages, partitions: 4)
            var (random, applied, kills) = (SeededRandom(seed: 11), AppliedVersions(), 0)
            var last = try scenario.start(Self.shortSession)
            while kills < 12 {
                try await Self.waitForRandomMoment(scenario.server, &random)
                try await last.kill()
                kills += 1
                let committed = try await Self.check(scenario, workload, &applied)
                try #require(
                    committed != workload.ends, "the run is over after \(kills) kills already")
                last = try scenario.start(Self.shortSession)
            }
            #expect(
                try await eventually(atMost: .seconds(120)) {
                    try await Self.check(scenario, workload, &applied) == workload.ends
                }, "\(last.errors)")
            last.send(SIGTERM)
            #expect(try await last.end() == .exit(0))
            applied.follow(scenario.server)
            #expect(applied.skips == [])
            #expect(applied.repeats > 0, "no kill came in the middle of a write")
            #expect(VersionedWorkload.versions(in: scenario.table) == workload.last)
        }
    }

    /// Some moment of a process's life: while it starts, or after some hundred writes; few enough that
    /// the run is not over before the last kill.
    private static func waitForRandomMoment(
        _ server: ScriptedDynamoDB, _ random: inout SeededRandom
    ) async throws {
        if Int.random(in: 0..<5, using: &random) == 0 {
            return try await Task.sleep(
                for: .milliseconds(Int.random(in: 50...1500, using: &random)))
        }
        let count = server.appliedWriteCount + Int.random(in: 100...2500, using: &random)
        #expect(
            try await eventually(atMost: .seconds(60)) { server.appliedWriteCount >= count },
            "nothing is written any more")
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...40, using: &random)))
    }

    /// Checks that what is committed was applied before; returns what is committed.
    private static func check(
        _ scenario: SinkScenario, _ workload: VersionedWorkload, _ applied: inout AppliedVersions
    ) async throws -> [Int64] {
        // In this order: what is applied while the positions are read proves nothing.
        let committed = try await scenario.committed(partitions: workload.records.count)
        applied.follow(scenario.server)
        for (partition, records) in workload.records.enumerated() {
            let contiguous = applied.contiguous(records)
            try #require(
                committed[partition] <= Int64(contiguous),
                "partition \(partition): committed \(committed[partition]), applied \(contiguous)")
        }
        return committed
    }

    @Test(.needsApacheKafka, .timeLimit(.minutes(2)))
    func `two processes share the partitions, and one goes on when the other is killed`()
        async throws
    {
        let workload = VersionedWorkload(records: 20_000, keys: 100, partitions: 4, seed: 5)
        try await SinkScenario.run(latency: .milliseconds(20)) { scenario in
            try await scenario.kafka.create(scenario.name, partitions: 4)
            let pair = try [
                scenario.start(Self.shortSession), scenario.start(Self.shortSession),
            ]
            #expect(
                try await eventually { pair.allSatisfy { $0.assignedPartitions.count == 2 } },
                "\(pair.map(\.errors))")
            try await scenario.kafka.send(workload.messages, to: scenario.name)
            #expect(try await eventually { scenario.server.appliedWriteCount > 3000 })
            try await pair[0].kill()
            #expect(
                try await eventually(atMost: .seconds(60)) {
                    try await scenario.committed(partitions: 4) == workload.ends
                }, "\(pair[1].errors)")
            #expect(pair[1].assignedPartitions.count == 4)
            var applied = AppliedVersions()
            applied.follow(scenario.server)
            #expect(applied.skips == [])
            #expect(VersionedWorkload.versions(in: scenario.table) == workload.last)
        }
    }

    @Test(
        .needsApacheKafka, .timeLimit(.minutes(2)), arguments: ["cooperative-sticky", "range"])
    func `one that leaves hands its partitions over, and nothing is written twice`(
        strategy: String
    ) async throws {
        let workload = VersionedWorkload(records: 10_000, keys: 100, partitions: 4, seed: 6)
        try await SinkScenario.run(latency: .milliseconds(20)) { scenario in
            try await scenario.kafka.create(scenario.name, partitions: 4)
            let changes = Self.shortSession.merging(
                ["consumer.override.partition.assignment.strategy": strategy]) { $1 }
            let pair = try [scenario.start(changes), scenario.start(changes)]
            #expect(
                try await eventually { pair.allSatisfy { $0.assignedPartitions.count == 2 } },
                "\(pair.map(\.errors))")
            try await scenario.kafka.send(workload.messages, to: scenario.name)
            #expect(try await eventually { scenario.server.appliedWriteCount > 1500 })
            pair[0].send(SIGTERM)
            #expect(try await pair[0].end(atMost: .seconds(10)) == .exit(0), "\(pair[0].errors)")
            #expect(
                try await eventually(atMost: .seconds(60)) {
                    try await scenario.committed(partitions: 4) == workload.ends
                }, "\(pair[1].errors)")
            var applied = AppliedVersions()
            applied.follow(scenario.server)
            #expect(applied.skips == [])
            #expect(applied.repeats == 0)
            #expect(VersionedWorkload.versions(in: scenario.table) == workload.last)
        }
    }
}
