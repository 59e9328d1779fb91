import PenstockAWS
import PenstockDynamoDB
import PenstockTesting
import Testing

/// The package's own client meets the server's faults.
@Suite struct ClientTests {
    private static func client(
        _ server: ScriptedDynamoDB, retry: RetryOptions = .init()
    ) -> DynamoDB {
        var options = DynamoDBOptions()
        options.retry = retry
        return DynamoDB(
            region: "eu-west-1",
            credentials: Credentials(accessKeyID: "key", secretAccessKey: "secret"),
            endpoint: server.endpoint, options: options)
    }

    private static let orders = CreateTableInput(
        table: "orders", key: KeySchema(hash: KeyAttribute("pk"), sort: KeyAttribute("sk", .number))
    )

    @Test(arguments: [
        Fault.throttle(), .error(), .error(status: 503, code: "ServiceUnavailable"), .wrongCRC,
        .resetBeforeApplying, .resetAfterApplying,
    ])
    func `a fault that heals is tried again`(_ fault: Fault) async throws {
        try await ScriptedDynamoDB.run { server in
            let client = Self.client(server)
            _ = try await client.createTable(Self.orders)
            server.script = [.on(.batchWriteItem, when: .first(1), do: fault)]
            let item: Item = ["pk": "a", "sk": 1, "total": .n("9.90")]
            let output = try await client.batchWriteItem(.init(["orders": [.put(item)]]))
            #expect(output.unprocessed.isEmpty)
            #expect(server.table("orders")["a", 1] == item)
            #expect(server.requests.count { $0.operation == .batchWriteItem } == 2)
        }
    }

    @Test(arguments: [
        (Fault.throttle(), DynamoDBError.Code.throughputExceeded),
        (.wrongCRC, .checksumMismatch), (.error(), .internalServerError),
    ])
    func `a single attempt says what happened`(
        _ fault: Fault, _ code: DynamoDBError.Code
    ) async throws {
        try await ScriptedDynamoDB.run(script: [.onAny(do: fault)]) { server in
            let client = Self.client(server, retry: .singleAttempt)
            let error = await #expect(throws: DynamoDBError.self) {
                try await client.describeTable("orders")
            }
            #expect(error?.code == code)
            #expect(server.requestCount == 1)
        }
    }

    @Test func `what was left unprocessed can be sent again`() async throws {
        let script: [FaultRule] = [
            .on(.batchWriteItem, when: .first(3), do: .unprocessed(.fraction(0.7)))
        ]
        try await ScriptedDynamoDB.run(seed: 3, script: script) { server in
            let client = Self.client(server)
            _ = try await client.createTable(Self.orders)
            var left: [String: [BatchWriteItemInput.Write]] = [
                "orders": (0..<25).map { .put(["pk": "a", "sk": AttributeValue($0)]) }
            ]
            while !left.isEmpty {
                left = try await client.batchWriteItem(.init(left)).unprocessed
            }
            #expect(server.table("orders").count == 25)
            #expect(server.appliedWrites.count == 25)
            #expect(server.requestCount > 2)
        }
    }
}
