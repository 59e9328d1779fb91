import Penstock
import PenstockAWS
import PenstockTesting
import Testing

@testable import PenstockDynamoDB

/// Requests of which nobody knows whether they were applied.
@Suite("Open outcomes", .timeLimit(.minutes(1)))
struct OpenOutcomeTests {
    private static func client(
        _ server: ScriptedDynamoDB, _ change: (inout DynamoDBOptions) -> Void = { _ in }
    ) -> DynamoDB {
        var options = DynamoDBOptions()
        options.retry.transientDelay = .milliseconds(1)
        options.retry.throttlingDelay = .milliseconds(1)
        change(&options)
        return DynamoDB(
            region: "eu-west-1", credentials: Credentials(accessKeyID: "A", secretAccessKey: "s"),
            endpoint: server.endpoint, options: options,
            environment: AWSEnvironment(variables: [:]))
    }

    private static func withTable(
        _ body: (ScriptedDynamoDB, DynamoDB) async throws -> Void
    ) async throws {
        try await ScriptedDynamoDB.run { server in
            let client = client(server)
            _ = try await client.createTable(
                CreateTableInput(table: "visits", key: KeySchema(hash: KeyAttribute("pk"))))
            try await body(server, client)
        }
    }

    private static let update = UpdateItemInput(
        table: "visits", key: ["pk": "a"], ItemUpdate("SET visits = :one", values: [":one": 1]))
    private static let absent = WriteCondition("attribute_not_exists(pk)")

    /// What can happen to a request that leaves its outcome open.
    private static let open: [Fault] = [
        .resetAfterApplying, .resetBeforeApplying, .wrongCRC, .error(),
        .error(status: 503, code: "ServiceUnavailable"), .error(status: 502, code: "SomethingElse"),
    ]

    @Test(
        "an update is not done twice, and the error says that the outcome is open",
        arguments: open)
    func update(fault: Fault) async throws {
        try await Self.withTable { server, client in
            // A connection that was used before: libcurl would send again by itself.
            _ = try await client.updateItem(Self.update)
            server.script = [.on(.updateItem, when: .first(1), do: fault)]
            let error = await #expect(throws: DynamoDBError.self) {
                try await client.updateItem(Self.update)
            }
            #expect(error?.isOutcomeUnknown == true)
            #expect(error?.kind == .retriable)
            #expect(error?.description.hasSuffix("; it may have taken effect") == true)
            #expect(server.requests.count { $0.operation == .updateItem } == 2)
        }
    }

    @Test("by the caller's word it is sent again", arguments: open)
    func byWord(fault: Fault) async throws {
        try await Self.withTable { server, client in
            var update = UpdateItemInput(
                table: "visits", key: ["pk": "a"], ItemUpdate("SET v = :v", values: [":v": 1]))
            update.isIdempotent = true
            _ = try await client.updateItem(update)
            server.script = [.on(.updateItem, when: .first(1), do: fault)]
            _ = try await client.updateItem(update)
            #expect(server.requests.count { $0.operation == .updateItem } == 3)
        }
    }

    @Test(
        "what was refused is always sent again",
        arguments: [
            Fault.throttle(), .error(status: 400, code: "ThrottlingException"),
            .error(status: 503, code: "SlowDown"),
            .error(status: 409, code: "ReplicatedWriteConflictException"),
            .error(status: 400, code: "TransactionConflictException"),
            .error(status: 400, code: "ExpiredTokenException"),
        ])
    func refused(fault: Fault) async throws {
        try await Self.withTable { server, client in
            server.script = [.on(.updateItem, when: .first(1), do: fault)]
            _ = try await client.updateItem(Self.update)
            #expect(server.table("visits")["a"]?["visits"] == 1)
            #expect(server.requests.count { $0.operation == .updateItem } == 2)
        }
    }

    @Test("what never reached the server is sent again")
    func unsent() async throws {
        var options = DynamoDBOptions()
        options.retry.transientDelay = .milliseconds(1)
        let client = DynamoDB(
            region: "eu-west-1", credentials: Credentials(accessKeyID: "A", secretAccessKey: "s"),
            // Nothing listens there.
            endpoint: "http://127.0.0.1:1", options: options,
            environment: AWSEnvironment(variables: [:]))
        let error = await #expect(throws: DynamoDBError.self) {
            try await client.updateItem(Self.update)
        }
        #expect(error?.code == .connection)
        #expect(error?.isOutcomeUnknown == false)
        #expect(client.retries.available == 500 - 3 * 14)
    }

    @Test("a condition that the first attempt made false is told from one that was false before")
    func condition() async throws {
        try await Self.withTable { server, client in
            let refusal = Fault.error(status: 400, code: "ConditionalCheckFailedException")
            server.script = [
                .on(.putItem, when: .nth(1), do: .resetAfterApplying),
                .on(.putItem, when: .nth(2), do: refusal),
                .on(.putItem, when: .nth(3), do: .resetAfterApplying),
                .on(.putItem, when: .nth(4), do: refusal),
            ]
            var put = PutItemInput(table: "visits", item: ["pk": "a"], if: Self.absent)
            let open = await #expect(throws: DynamoDBError.self) { try await client.putItem(put) }
            #expect(open?.code == .connection)
            #expect(open?.isOutcomeUnknown == true)
            let plain = await #expect(throws: DynamoDBError.self) { try await client.putItem(put) }
            #expect(plain?.code == .conditionalCheckFailed)
            #expect(plain?.isOutcomeUnknown == false)
            put.isIdempotent = true
            let own = await #expect(throws: DynamoDBError.self) { try await client.putItem(put) }
            #expect(own?.code == .conditionalCheckFailed)
            #expect(own?.isOutcomeUnknown == true)
            #expect(server.requests.count { $0.operation == .putItem } == 4)
        }
    }

    @Test("the effect of each operation")
    func effects() {
        let key: Item = ["pk": "a"]
        var put = PutItemInput(table: "visits", item: key)
        #expect(put.effect == .idempotent)
        put.returnValues = .allOld
        #expect(put.effect == .once)
        put.isIdempotent = true
        #expect(put.effect == .idempotent)
        #expect(PutItemInput(table: "visits", item: key, if: Self.absent).effect == .once)
        var delete = DeleteItemInput(table: "visits", key: key)
        #expect(delete.effect == .idempotent)
        delete.isIdempotent = false
        #expect(delete.effect == .once)
        #expect(DeleteItemInput(table: "visits", key: key, if: Self.absent).effect == .once)
        #expect(UpdateItemInput(table: "visits", key: key, nil).effect == .idempotent)
        #expect(Self.update.effect == .once)
        #expect(BatchWriteItemInput([:]).effect == .idempotent)
        #expect(GetItemInput(table: "visits", key: key).effect == .none)
        #expect(DeleteTableInput(table: "visits").effect == .idempotent)
    }

    @Test("reading leaves nothing open")
    func reading() async throws {
        try await Self.withTable { server, _ in
            let client = Self.client(server) { $0.retry.maxAttempts = 1 }
            server.script = [.onAny(do: .resetAfterApplying)]
            let error = await #expect(throws: DynamoDBError.self) {
                try await client.getItem(GetItemInput(table: "visits", key: ["pk": "a"]))
            }
            #expect(error?.code == .connection)
            #expect(error?.isOutcomeUnknown == false)
        }
    }

    @Test("a time limit leaves a write open, and so does being cancelled")
    func timeLimit() async throws {
        try await Self.withTable { server, _ in
            let client = Self.client(server) { $0.attemptTimeout = .milliseconds(200) }
            server.script = [.on(.updateItem, do: .stall)]
            let error = await #expect(throws: DynamoDBError.self) {
                try await client.updateItem(Self.update)
            }
            #expect(error?.code == .connection)
            #expect(error?.isOutcomeUnknown == true)
            let patient = Self.client(server)
            let task = Task { try await patient.updateItem(Self.update) }
            while server.requests.count(where: { $0.operation == .updateItem }) < 2 {
                try await Task.sleep(for: .milliseconds(1))
            }
            task.cancel()
            let cancelled = await #expect(throws: DynamoDBError.self) { try await task.value }
            #expect(cancelled?.code == .cancelled)
            #expect(cancelled?.isOutcomeUnknown == true)
        }
    }
}
