import Glibc
import Penstock
import PenstockAWS
import PenstockDynamoDB
import PenstockTesting
import Testing

/// What comes of whatever goes wrong on DynamoDB's side.
@Suite(.needsCommand) struct OutcomeTests {
    private static let records = (0..<200).map {
        Kafka.Message(#"{"k":"key-\#($0 % 50)","v":\#($0 / 50 + 1)}"#)
    }

    // MARK: The end

    /// Something that no waiting heals.
    struct Hopeless: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var changes: [String: String?] = [:]
        var script: [FaultRule] = []
        /// What the one line about it says.
        let told: [String]
    }

    static let hopeless = [
        Hopeless(
            testDescription: "no credentials anywhere",
            changes: ["aws.access.key.id": nil, "aws.secret.access.key": nil],
            told: [
                "No AWS credentials", "AWS_ACCESS_KEY_ID", "profile",
            ]),
        Hopeless(
            testDescription: "access denied at the table's description",
            script: [
                .on(.describeTable, do: .error(status: 400, code: "AccessDeniedException"))
            ], told: ["DescribeTable", "AccessDenied"]),
        Hopeless(
            testDescription: "access denied at the writes",
            script: [
                .on(.batchWriteItem, do: .error(status: 400, code: "AccessDeniedException"))
            ], told: ["do not allow", "AccessDenied"]),
        Hopeless(
            testDescription: "a key that nobody knows",
            script: [
                .on(
                    .batchWriteItem,
                    do: .error(status: 400, code: "UnrecognizedClientException"))
            ], told: ["does not know the access key", "UnrecognizedClient"]),
        Hopeless(
            testDescription: "a table that is missing and not to be created",
            changes: ["dynamodb.table.create": "false"],
            told: ["does not exist", "dynamodb.table.create"]),
    ]

    @Test(.needsKafka, .timeLimit(.minutes(1)), arguments: hopeless)
    func `what cannot heal ends it with one line, and nothing is committed`(
        hopeless: Hopeless
    ) async throws {
        try await SinkScenario.run(script: hopeless.script) { scenario in
            try await scenario.fill(Self.records)
            let process = try scenario.start(hopeless.changes)
            try await Self.expectFailure(of: process, hopeless.told, scenario)
            #expect(scenario.table.count == 0)
        }
    }

    @Test(.needsKafka, .timeLimit(.minutes(1)))
    func `a table of other keys ends it`() async throws {
        try await SinkScenario.run { scenario in
            try await scenario.fill(Self.records)
            let dynamo = DynamoDB(
                region: "us-east-1",
                credentials: Credentials(accessKeyID: "a", secretAccessKey: "s"),
                endpoint: scenario.server.endpoint)
            _ = try await dynamo.createTable(
                CreateTableInput(table: scenario.name, key: KeySchema(hash: .init("id", .string))))
            let process = try scenario.start()
            try await Self.expectFailure(of: process, [scenario.name, "id (S)", "k"], scenario)
        }
    }

    @Test(.needsKafka, .timeLimit(.minutes(1)))
    func `the time for tries that was set runs out`() async throws {
        try await SinkScenario.run { scenario in
            scenario.server.script = [.on(.batchWriteItem, do: .error())]
            try await scenario.fill(Self.records)
            let start = ContinuousClock.now
            let process = try scenario.start(["aws.dynamodb.max.retry.time.seconds": "2"])
            try await Self.expectFailure(
                of: process, ["aws.dynamodb.max.retry.time.seconds"], scenario)
            #expect(ContinuousClock.now - start > .seconds(2))
        }
    }

    private static func expectFailure(
        of process: ChildProcess, _ parts: [String], _ scenario: SinkScenario
    ) async throws {
        #expect(try await process.end() == .exit(1), "\(process.errors)")
        let told = process.lines(at: .error)
        #expect(told.count == 1, "\(process.errors)")
        for part in parts { #expect(told.first?.contains(part) == true, "\(part): \(told)") }
        #expect(!process.errors.contains("secret="))
        #expect(try await scenario.committed() == [0])
    }

    // MARK: What heals

    /// Something that passes.
    struct Trouble: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var fault: Fault
        var occasion = FaultOccasion.first(4)
    }

    static let troubles = [
        Trouble(testDescription: "throttling", fault: .throttle()),
        Trouble(
            testDescription: "throttling of the request rate",
            fault: .throttle(code: "ThrottlingException")),
        Trouble(testDescription: "server error", fault: .error()),
        Trouble(
            testDescription: "unavailable", fault: .error(status: 503, code: "ServiceUnavailable")),
        Trouble(testDescription: "reset before", fault: .resetBeforeApplying),
        Trouble(testDescription: "reset after", fault: .resetAfterApplying),
        Trouble(testDescription: "wrong crc", fault: .wrongCRC),
        Trouble(
            testDescription: "expired token",
            fault: .error(status: 400, code: "ExpiredTokenException")),
    ]

    @Test(.needsKafka, .timeLimit(.minutes(1)), arguments: troubles)
    func `what heals is survived, with one line when it begins and one when it is over`(
        trouble: Trouble
    ) async throws {
        try await SinkScenario.run { scenario in
            scenario.server.script = [
                .on(.batchWriteItem, when: trouble.occasion, do: trouble.fault),
                .on(.describeTable, when: .nth(1), do: trouble.fault),
            ]
            try await scenario.fill(Self.records)
            let process = try scenario.start()
            #expect(
                try await eventually { try await scenario.committed() == [200] },
                "\(process.errors)")
            #expect(process.lines("DynamoDB fails or throttles").count <= 2, "\(process.errors)")
            #expect(process.lines("DynamoDB fails or throttles").count >= 1, "\(process.errors)")
            // It is over when nothing has failed for a while.
            try await Task.sleep(for: .seconds(5.5))
            try await scenario.kafka.send(Self.records, to: scenario.name)
            #expect(
                try await eventually { !process.lines("DynamoDB works again").isEmpty },
                "\(process.errors)")
            #expect(
                try await eventually { try await scenario.committed() == [400] },
                "\(process.errors)")
            #expect(process.lines(at: .error).isEmpty)
            var applied = AppliedVersions()
            applied.follow(scenario.server)
            #expect(applied.skips == [])
            let versions = VersionedWorkload.versions(in: scenario.table)
            #expect(versions.count == 50 && versions.values.allSatisfy { $0 == 4 })
        }
    }

    @Test(.needsKafka, .timeLimit(.minutes(1)))
    func `parts of batches that are left undone are sent again, in order`() async throws {
        try await SinkScenario.run { scenario in
            scenario.server.script = [
                .on(.batchWriteItem, when: .probability(0.7), do: .unprocessed(.fraction(0.5)))
            ]
            try await scenario.fill(Self.records)
            let process = try scenario.start()
            #expect(
                try await eventually { try await scenario.committed() == [200] },
                "\(process.errors)")
            var applied = AppliedVersions()
            applied.follow(scenario.server)
            #expect(applied.skips == [] && applied.repeats == 0)
            #expect(scenario.server.appliedWriteCount == 200)
        }
    }

    @Test(.needsKafka, .timeLimit(.minutes(1)))
    func `a DynamoDB that is away, at the start and later, is waited for`() async throws {
        try await SinkScenario.run { scenario in
            let relay = try TCPRelay(to: scenario.server.endpoint)
            defer { relay.end() }
            try await scenario.fill(Self.records)
            let process = try scenario.start(["aws.dynamodb.endpoint": relay.endpoint])
            #expect(
                try await eventually { !process.lines("DynamoDB fails").isEmpty },
                "\(process.errors)")
            try await Task.sleep(for: .seconds(1))
            #expect(process.isRunning && scenario.server.requestCount == 0)
            try relay.open()
            #expect(
                try await eventually { try await scenario.committed() == [200] },
                "\(process.errors)")
            relay.close()
            try await scenario.kafka.send(Self.records, to: scenario.name)
            try await Task.sleep(for: .seconds(2))
            #expect(process.isRunning)
            #expect(try await scenario.committed() == [200])
            try relay.open()
            #expect(
                try await eventually { try await scenario.committed() == [400] },
                "\(process.errors)")
            #expect(process.lines(at: .error).isEmpty)
        }
    }
}
