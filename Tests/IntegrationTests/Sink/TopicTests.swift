import Penstock
import PenstockDynamoDB
import PenstockTesting
import Testing

/// Which topics go into which tables, and what tombstones do there.
@Suite(.needsCommand) struct TopicTests {
    @Test(.needsKafka, .timeLimit(.minutes(1)))
    func `a pattern finds topics, also one that comes later`() async throws {
        try await SinkScenario.run { scenario in
            for suffix in ["a", "b", "other"] {
                try await Self.fill("\(scenario.name)-\(suffix)", scenario)
            }
            let process = try scenario.start([
                "topics": nil, "topics.regex": "\(scenario.name)-(a|b|late)",
                "consumer.override.metadata.max.age.ms": "1000",
            ])
            let tables = ["a", "b", "late"].map { scenario.server.table("\(scenario.name)-\($0)") }
            #expect(
                try await eventually { tables[0].count == 20 && tables[1].count == 20 },
                "\(process.errors)")
            try await Self.fill("\(scenario.name)-late", scenario)
            #expect(try await eventually { tables[2].count == 20 }, "\(process.errors)")
            #expect(!scenario.server.table("\(scenario.name)-other").exists)
            #expect(process.lines(at: .error).isEmpty)
        }
    }

    private static func fill(_ topic: String, _ scenario: SinkScenario) async throws {
        try await scenario.kafka.create(topic, partitions: 2)
        try await scenario.kafka.send(
            (0..<20).map { .init(#"{"k":"key-\#($0)"}"#, partition: Int32($0 % 2)) }, to: topic)
    }

    @Test(
        .needsKafka, .timeLimit(.minutes(1)),
        arguments: [
            ("UPSERT", ["k": .s("a")]), ("ignore", ["k": .s("a"), "x": .n("1")]), ("DELETE", nil),
        ] as [(String, Item?)])
    func `a tombstone does what behavior.on.null.values says`(
        behavior: String, item: Item?
    ) async throws {
        try await SinkScenario.run { scenario in
            try await scenario.fill([
                .init(#"{"x":1}"#, key: "a"), .init(nil, key: "a"), .init(nil, key: "nobody"),
                .init(#"{"x":2}"#, key: "b"),
            ])
            let process = try scenario.start([
                "behavior.on.null.values": behavior, "aws.dynamodb.pk.hash": "key:k",
            ])
            #expect(
                try await eventually { try await scenario.committed() == [4] }, "\(process.errors)")
            #expect(scenario.table["a"] == item)
            #expect(scenario.table["b"] == ["k": .s("b"), "x": .n("2")])
            #expect(scenario.table["nobody"] == (behavior == "UPSERT" ? ["k": .s("nobody")] : nil))
        }
    }

    @Test(.needsKafka, .timeLimit(.minutes(1)))
    func `many tasks and topics make each table once`() async throws {
        try await SinkScenario.run(creatingCalls: 3, latency: .milliseconds(20)) { scenario in
            let topics = (0..<3).map { "\(scenario.name)-\($0)" }
            for topic in topics {
                try await scenario.kafka.create(topic, partitions: 4)
            }
            let changes: [String: String?] = [
                "topics": topics.joined(separator: ","), "table.name.format": "copy_of.${topic}",
                "tasks.max": "2", "aws.dynamodb.pk.hash": "partition",
                "aws.dynamodb.pk.sort": "offset:place",
            ]
            let pair = try [scenario.start(changes), scenario.start(changes)]
            // All of them have partitions of every topic when the first record comes.
            #expect(
                try await eventually {
                    pair.allSatisfy { $0.assignedPartitions.count >= 4 }
                        && pair.reduce(0) { $0 + $1.assignedPartitions.count } == 12
                }, "\(pair.map(\.errors))")
            for topic in topics {
                try await scenario.kafka.send(
                    (0..<400).map { .init(#"{"n":\#($0)}"#, partition: Int32($0 % 4)) }, to: topic)
            }
            for topic in topics {
                let table = scenario.server.table("copy_of.\(topic)")
                #expect(try await eventually { table.count == 400 }, "\(pair.map(\.errors))")
                let item: Item = ["partition": .n("3"), "place": .n("99"), "n": .n("399")]
                #expect(table[3, 99] == item)
            }
            let made = scenario.server.requests.filter {
                $0.operation == .createTable && $0.status == 200
            }
            #expect(made.count == 3)
            #expect(pair.allSatisfy { $0.lines(at: .error).isEmpty })
        }
    }
}
