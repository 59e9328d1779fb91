import Penstock
import PenstockAWS
import PenstockDynamoDB
import PenstockIO
import PenstockTesting
import Synchronization
import Testing

@testable import PenstockDynamoDBSink

@Suite struct DynamoDBSinkTaskTests {
    private static let environment = AWSEnvironment(variables: [
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
    ])

    /// Runs a task on a loop of its own, as a worker does.
    ///
    /// Its `run` is cancelled at the end.
    /// Returns the time that it took.
    @discardableResult
    private func withTask(
        _ sink: DynamoDBSink, log: Log = .disabled,
        _ body: @escaping @Sendable (DynamoDBSinkTask) async throws -> Void
    ) async throws -> Duration {
        let loop = EventLoop(name: "sink-test")
        let result: Result<Duration, any Error> = await loop.run {
            let start = ContinuousClock.now
            do {
                let task = try await DynamoDBSinkTask(
                    sink, TaskContext(connector: "test", log: log), environment: Self.environment)
                try await withThrowingTaskGroup { group in
                    group.addTask { try await task.run() }
                    group.addTask { try await body(task) }
                    // Whichever ends first: the body, or a run that failed.
                    try await group.next()
                    group.cancelAll()
                }
                return .success(ContinuousClock.now - start)
            } catch {
                return .failure(error)
            }
        }
        await loop.stop()
        return try result.get()
    }

    private func records(
        _ values: [String], partition: Int32 = 0, from offset: Int64 = 0
    ) throws -> TestRecords {
        let records = TestRecords()
        for (place, value) in values.enumerated() {
            try records.add(partition: partition, offset: offset + Int64(place), value: value)
        }
        return records
    }

    private func sink(
        _ server: ScriptedDynamoDB, hash: KeyReference? = .value("id"), sort: KeyReference? = nil
    ) -> DynamoDBSink {
        DynamoDBSink(
            hashKey: hash, sortKey: sort, region: "eu-west-1", endpoint: server.endpoint)
    }

    @Test func `records become items of a table that is made for them`() async throws {
        try await ScriptedDynamoDB.run(seed: 1, creatingCalls: 2) { server in
            let records = try records((0..<60).map { #"{"id":"k\#($0)","n":\#($0)}"# })
            try await withTask(sink(server)) { task in
                let batch = records.sinkBatch()
                try await task.write(batch)
                try await task.flush([TopicPartition(topic: "orders", partition: 0)])
                #expect(batch.unresolved == 0)
            }
            #expect(server.table("orders").count == 60)
            #expect(server.table("orders").items.contains(["id": .s("k7"), "n": .n("7")]))
            let batches = server.requests.filter { $0.operation == .batchWriteItem }
            #expect(batches.count == 3)
            #expect(batches.allSatisfy { $0.isSigned })
        }
    }

    @Test func `a sink shows no secret and no address`() {
        var sink = DynamoDBSink(
            table: "orders", hashKey: .value("id"), endpoint: "http://user:hunter2@localhost:1")
        sink.proxy = "http://user:hunter2@proxy:1"
        sink.accessKeyID = "hunter2"
        sink.credentialsSettings = ["password": "hunter2"]
        var dumped = ""
        dump(sink, to: &dumped)
        for text in [dumped, "\(sink)", String(reflecting: sink)] {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("orders"))
        }
    }

    /// Nothing keeps the loop of a client that is gone.
    @Test func `what has ended leaves its loop free`() async throws {
        struct Ended: Sendable { weak let loop: EventLoop? }
        try await ScriptedDynamoDB.run(seed: 1) { server in
            func listTables() async throws -> Ended {
                let loop = EventLoop(name: "ended")
                try await loop.run {
                    let dynamo = DynamoDB(
                        region: "eu-west-1", endpoint: server.endpoint,
                        environment: Self.environment)
                    _ = try await dynamo.listTables()
                }
                await loop.stop()
                return Ended(loop: loop)
            }
            let ended = try await listTables()
            #expect(ended.loop == nil)
        }
    }

    /// The first records of a topic may be such, and say nothing of the key's types.
    @Test func `tombstones that are passed over need no table and no key`() async throws {
        try await ScriptedDynamoDB.run(seed: 1) { server in
            let first = TestRecords()
            try first.add(offset: 0)
            let more = TestRecords()
            try more.add(offset: 1)
            try more.add(offset: 2, value: #"{"id":"a"}"#)
            var made = sink(server)
            made.nullValues = .ignore
            let sink = made
            let batches = [first.sinkBatch(), more.sinkBatch()]
            try await withTask(sink) { task in
                for (batch, exists) in zip(batches, [false, true]) {
                    try await task.write(batch)
                    try await task.flush([TopicPartition(topic: "orders", partition: 0)])
                    #expect(batch.unresolved == 0)
                    #expect(
                        batch.takeOutcomes().allSatisfy {
                            if case .acknowledged = $0.outcome { true } else { false }
                        })
                    #expect(server.table("orders").exists == exists)
                }
            }
        }
    }

    @Test(arguments: ["all", "${topic}-items"])
    func `topics share a table or have their own`(format: String) async throws {
        try await ScriptedDynamoDB.run(seed: 1) { server in
            let records = TestRecords()
            for offset in 0..<40 {
                try records.add(
                    topic: offset % 2 == 0 ? "first" : "second", offset: Int64(offset),
                    value: #"{"id":"k","v":\#(offset)}"#)
            }
            var made = sink(server)
            made.table = TableNameFormat(format)
            let sink = made
            let batch = records.sinkBatch()
            try await withTask(sink) { task in
                try await task.write(batch)
                try await task.flush(
                    ["first", "second"].map { TopicPartition(topic: $0, partition: 0) })
                #expect(batch.unresolved == 0)
            }
            let versions = server.appliedWrites.map { $0.item?["v"] }
            if format == "all" {
                #expect(versions == (0..<40).map { .n(String($0)) })
                #expect(server.table("all").items == [["id": .s("k"), "v": .n("39")]])
            } else {
                #expect(server.table("first-items").items == [["id": .s("k"), "v": .n("38")]])
                #expect(server.table("second-items").items == [["id": .s("k"), "v": .n("39")]])
            }
        }
    }

    /// Each fault alone, each more than once: everything arrives, in order, and is acknowledged.
    @Test(arguments: [
        [FaultRule.on(.batchWriteItem, when: .first(3), do: .throttle())],
        [.on(.batchWriteItem, when: .first(8), do: .unprocessed(.first(3)))],
        [.on(.batchWriteItem, when: .first(8), do: .unprocessed(.fraction(0.5)))],
        [.on(.batchWriteItem, when: .first(2), do: .unprocessed(.all))],
        [
            .on(
                .batchWriteItem, when: .first(4),
                do: .error(status: 500, code: "InternalServerError"))
        ],
        [
            .on(
                .batchWriteItem, when: .first(4),
                do: .error(status: 503, code: "ServiceUnavailable"))
        ],
        [.on(.batchWriteItem, when: .first(4), do: .resetBeforeApplying)],
        [.on(.batchWriteItem, when: .first(4), do: .resetAfterApplying)],
        [.on(.batchWriteItem, when: .first(4), do: .wrongCRC)],
        [.onAny(when: .every(2), do: .error(status: 500, code: "InternalServerError"))],
        [
            .on(.batchWriteItem, when: .probability(0.2), do: .resetAfterApplying),
            .on(.batchWriteItem, when: .probability(0.5), do: .unprocessed(.fraction(0.5))),
        ],
    ])
    func `faults are survived, in order and without loss`(script: [FaultRule]) async throws {
        try await ScriptedDynamoDB.run(seed: 5) { server in
            server.script = script
            let values = (0..<400).map { #"{"id":"k\#($0 % 40)","v":\#($0 / 40)}"# }
            let records = try records(values)
            try await withTask(sink(server)) { task in
                let batch = records.sinkBatch()
                try await task.write(batch)
                try await task.flush([TopicPartition(topic: "orders", partition: 0)])
                #expect(batch.unresolved == 0)
                let outcomes = batch.takeOutcomes()
                #expect(
                    outcomes.allSatisfy {
                        if case .acknowledged = $0.outcome { true } else { false }
                    })
            }
            var last: [ItemKey: Int] = [:]
            for write in server.appliedWrites {
                guard case .n(let text)? = write.item?["v"], let version = Int(text) else {
                    Issue.record("a write without a version")
                    continue
                }
                let previous = last[write.key] ?? -1
                #expect(version == previous || version == previous + 1)
                last[write.key] = version
            }
            #expect(last.count == 40)
            #expect(last.values.allSatisfy { $0 == 9 })
        }
    }

    @Test(arguments: [
        (KeyReference.value("other"), nil as KeyReference?), (.value("id"), .value("n")),
    ])
    func `a table of other keys ends the task`(
        hash: KeyReference, sort: KeyReference?
    ) async throws {
        try await ScriptedDynamoDB.run(seed: 1) { server in
            let dynamo = DynamoDB(
                region: "eu-west-1", endpoint: server.endpoint, environment: Self.environment)
            _ = try await dynamo.createTable(
                CreateTableInput(table: "orders", key: KeySchema(hash: KeyAttribute("id"))))
            let records = try records([#"{"id":"a","other":"b","n":1}"#])
            let sink = sink(server, hash: hash, sort: sort)
            let error = await #expect(throws: TaskError.self) {
                try await withTask(sink) { try await $0.write(records.sinkBatch()) }
            }
            #expect(error?.kind == .fatal)
            #expect(error?.description.contains("Table orders has the key id (S)") == true)
        }
    }

    @Test func `a table that is missing and not to be made ends the task`() async throws {
        try await ScriptedDynamoDB.run(seed: 1) { server in
            let records = try records([#"{"id":"a"}"#])
            var made = sink(server)
            made.createsTables = false
            let sink = made
            let error = await #expect(throws: TaskError.self) {
                try await withTask(sink) { try await $0.write(records.sinkBatch()) }
            }
            #expect(error?.kind == .fatal)
            #expect(server.table("orders").exists == false)
        }
    }

    @Test(arguments: ["AccessDeniedException", "ResourceNotFoundException"])
    func `what cannot heal ends the task`(code: String) async throws {
        try await ScriptedDynamoDB.run(seed: 1) { server in
            server.script = [
                .on(.batchWriteItem, when: .always, do: .error(status: 400, code: code))
            ]
            let records = try records([#"{"id":"a"}"#])
            let batch = records.sinkBatch()
            let sink = sink(server)
            let error = await #expect(throws: TaskError.self) {
                try await withTask(sink) { task in
                    try await task.write(batch)
                    try await EventLoop.current?.sleep(for: .seconds(30))
                }
            }
            #expect(error?.kind == .fatal)
            #expect(batch.unresolved == 1)
        }
    }

    @Test func `a record that DynamoDB refuses fails alone`() async throws {
        try await ScriptedDynamoDB.run(seed: 1) { server in
            let records = try records((0..<25).map { #"{"id":"k\#($0)"}"# })
            let sink = sink(server)
            try await withTask(sink) { task in
                server.script = [
                    .on(
                        .batchWriteItem, when: .always, touching: { $0.hash == "k13" },
                        do: .error(status: 400, code: "ValidationException"))
                ]
                let batch = records.sinkBatch()
                try await task.write(batch)
                try await task.flush([TopicPartition(topic: "orders", partition: 0)])
                let failed = batch.takeOutcomes().filter {
                    if case .failed = $0.outcome { true } else { false }
                }
                #expect(failed.map(\.indices) == [[13]])
            }
            #expect(server.table("orders").count == 24)
        }
    }

    @Test func `no credentials anywhere end the task at once, and say what was tried`() async {
        let sink = DynamoDBSink(region: "eu-west-1")
        let error = await #expect(throws: TaskError.self) {
            _ = try await DynamoDBSinkTask(
                sink, TaskContext(connector: "test"),
                environment: AWSEnvironment(variables: ["AWS_EC2_METADATA_DISABLED": "true"]))
        }
        #expect(error?.kind == .fatal)
        #expect(error?.description.contains("environment") == true)
    }

    @Test func `time for retries runs out where the user set it`() async throws {
        try await ScriptedDynamoDB.run(seed: 1) { server in
            server.script = [.on(.batchWriteItem, when: .always, do: .throttle())]
            var made = sink(server)
            made.maximumRetryTime = .milliseconds(300)
            let sink = made
            let records = try records([#"{"id":"a"}"#])
            let error = await #expect(throws: TaskError.self) {
                try await withTask(sink) { task in
                    try await task.write(records.sinkBatch())
                    try await EventLoop.current?.sleep(for: .seconds(30))
                }
            }
            #expect(error?.description.contains("max.retry.time") == true)
        }
    }

    @Test func `cancelling ends requests that never come back`() async throws {
        try await ScriptedDynamoDB.run(seed: 1) { server in
            let records = try records([#"{"id":"a"}"#])
            let sink = sink(server)
            let time = try await withTask(sink) { task in
                server.script = [.on(.batchWriteItem, when: .always, do: .stall)]
                try await task.write(records.sinkBatch())
                try await EventLoop.current?.sleep(for: .milliseconds(50))
            }
            #expect(time < .seconds(5))
        }
    }
}
