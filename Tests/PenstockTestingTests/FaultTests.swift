import Penstock
import PenstockTesting
import Testing

/// What the server does by its script.
@Suite struct FaultTests {
    /// A request of one item, as its answer or as what became of the connection.
    private static func put(_ server: ScriptedDynamoDB, _ sort: Int) throws -> String {
        let probe = try Probe(server.endpoint)
        do {
            let answer = try probe.batch([.put(.order("a", sort))])
            return answer.code ?? "\(answer.status)"
        } catch let failure as Probe.Failure {
            return failure.reason
        }
    }

    @Test(arguments: [
        (Fault.throttle(), "ProvisionedThroughputExceededException", false),
        (.throttle(code: "ThrottlingException"), "ThrottlingException", false),
        (.error(), "InternalServerError", false),
        (.error(status: 503, code: "ServiceUnavailable"), "ServiceUnavailable", false),
        (.resetBeforeApplying, "reset", false),
        (.resetAfterApplying, "reset", true),
        (.wrongCRC, "200", true),
        (.delay(.milliseconds(1)), "200", true),
    ])
    func `a fault strikes the request it is meant for and no other`(
        _ fault: Fault, _ outcome: String, _ isApplied: Bool
    ) async throws {
        try await ScriptedDynamoDB.run { server in
            try Probe(server.endpoint).createTable()
            server.script = [.on(.batchWriteItem, when: .nth(2), do: fault)]
            let outcomes = try (1...3).map { try Self.put(server, $0) }
            #expect(outcomes == ["200", outcome, "200"])
            let applied = server.appliedWrites.map(\.key.sort)
            #expect(applied == (isApplied ? [1, 2, 3] : [1, 3]))
        }
    }

    @Test func `a throttled reply says why`() async throws {
        try await ScriptedDynamoDB.run(
            script: [.onAny(do: .throttle(.tableWriteKeyRange))]
        ) { server in
            let answer = try Probe(server.endpoint).describe()
            #expect(answer.status == 400)
            let reason = answer.body["ThrottlingReasons"]?[0]["reason"]
            #expect(reason == "TableWriteKeyRangeThroughputExceeded")
        }
    }

    @Test func `a wrong checksum differs from that of the body`() async throws {
        try await ScriptedDynamoDB.run { server in
            let probe = try Probe(server.endpoint)
            let right = try probe.call("ListTables", [:])
            server.script = [.onAny(do: .wrongCRC)]
            let wrong = try probe.call("ListTables", [:])
            #expect(right.bytes == wrong.bytes)
            #expect(right.headers["x-amz-crc32"] != wrong.headers["x-amz-crc32"])
        }
    }

    @Test(arguments: [
        (UnprocessedSelection.first(2), [1, 2]), (.all, [1, 2, 3, 4]),
        (.where { $0.sort == 3 }, [3]), (.fraction(0), []), (.fraction(1), [1, 2, 3, 4]),
    ])
    func `what is left unprocessed comes back and is not applied`(
        _ selection: UnprocessedSelection, _ undone: [Int]
    ) async throws {
        try await ScriptedDynamoDB.run { server in
            let probe = try Probe(server.endpoint)
            try probe.createTable()
            server.script = [.on(.batchWriteItem, when: .first(1), do: .unprocessed(selection))]
            let answer = try probe.batch((1...4).map { .put(.order("a", $0, total: "1.50")) })
            let left = try #require(answer.body["UnprocessedItems"])
            let expected = undone.map { Value.put(.order("a", $0, total: "1.50")) }
            #expect(left["orders"].map { $0.elements.map { $0 } } ?? [] == expected)
            #expect(server.table("orders").count == 4 - undone.count)
            guard !undone.isEmpty else { return }
            #expect(try probe.call("BatchWriteItem", ["RequestItems": left]).status == 200)
            #expect(server.table("orders").count == 4)
        }
    }

    @Test func `keys can be left unread`() async throws {
        try await ScriptedDynamoDB.run { server in
            let probe = try Probe(server.endpoint)
            try probe.createTable()
            try probe.put(.order("a", 2))
            server.script = [.on(.batchGetItem, do: .unprocessed(.first(1)))]
            let answer = try probe.call(
                "BatchGetItem",
                ["RequestItems": ["orders": ["Keys": [.key("a", 1), .key("a", 2)]]]])
            #expect(answer.body["UnprocessedKeys"]?["orders"]?["Keys"] == [.key("a", 1)])
            #expect(answer.body["Responses"]?["orders"] == [.order("a", 2, total: "9.9")])
        }
    }

    @Test func `a rule about keys counts only requests that touch them`() async throws {
        try await ScriptedDynamoDB.run { server in
            let probe = try Probe(server.endpoint)
            try probe.createTable()
            server.script = [
                .onAny(when: .nth(2), touching: { $0.hash == "hot" }, do: .throttle())
            ]
            var codes: [String?] = []
            for hash in ["hot", "cold", "cold", "hot", "hot"] {
                codes.append(try probe.batch([.put(.order("x", 1)), .put(.order(hash, 2))]).code)
            }
            #expect(codes.map { $0 != nil } == [false, false, false, true, false])
            #expect(try probe.get("hot", 2).status == 200)
        }
    }

    @Test func `chance is decided by the seed`() async throws {
        func outcomes(_ seed: UInt64) async throws -> [Int] {
            let script: [FaultRule] = [
                .on(.listTables, when: .probability(0.5), do: .error(status: 503))
            ]
            return try await ScriptedDynamoDB.run(seed: seed, script: script) { server in
                let probe = try Probe(server.endpoint)
                return try (0..<64).map { _ in try probe.call("ListTables", [:]).status }
            }
        }
        let first = try await outcomes(1)
        #expect(try await outcomes(1) == first)
        #expect(try await outcomes(2) != first)
        #expect((16...48).contains(first.count { $0 == 503 }))
    }

    @Test func `one in so many is struck`() async throws {
        try await ScriptedDynamoDB.run(
            script: [.on(.listTables, when: .every(3), do: .error())]
        ) { server in
            let probe = try Probe(server.endpoint)
            let statuses = try (0..<7).map { _ in try probe.call("ListTables", [:]).status }
            #expect(statuses == [200, 200, 500, 200, 200, 500, 200])
        }
    }

    @Test func `a table stays in CREATING for so many calls and takes no writes`() async throws {
        try await ScriptedDynamoDB.run(creatingCalls: 2) { server in
            let probe = try Probe(server.endpoint)
            let created = try probe.createTable()
            #expect(created.body["TableDescription"]?["TableStatus"] == "CREATING")
            #expect(
                try probe.batch([.put(.order("a", 1))]).code == "ResourceNotFoundException")
            #expect(try probe.put(.order("a", 1)).code == "ResourceNotFoundException")
            let states = try (0..<3).map { _ in
                try probe.describe().body["Table"]?["TableStatus"]?.string
            }
            #expect(states == ["CREATING", "CREATING", "ACTIVE"])
            #expect(try probe.batch([.put(.order("a", 1))]).status == 200)
        }
    }
}
