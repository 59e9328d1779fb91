import Penstock
import PenstockTesting
import Testing

/// DynamoDB's limits that the stand-in does not have.
@Suite struct LimitTests {
    @Test func `a request of more than 16 MB is refused and the connection stays`() async throws {
        try await ScriptedDynamoDB.run { server in
            let probe = try Probe(server.endpoint)
            let body = Array("{\"a\":\"".utf8) + [UInt8](repeating: 0x61, count: 16 << 20)
            #expect(try probe.call("BatchWriteItem", text: body + Array("\"}".utf8)).status == 413)
            #expect(try probe.call("ListTables", [:]).status == 200)
        }
    }

    @Test func `a page of a scan ends with the item that makes it 1 MB`() async throws {
        try await ScriptedDynamoDB.run { server in
            let probe = try Probe(server.endpoint)
            try probe.createTable()
            let text = Value.text(String(repeating: "x", count: 300_000))
            for sort in 1...6 {
                try probe.put(["pk": ["S": "a"], "sk": ["N": .text("\(sort)")], "t": ["S": text]])
            }
            #expect(try probe.pages("Scan", [:]).map(\.count) == [4, 2])
        }
    }

    @Test(arguments: [2048, 2049])
    func `a hash key has at most 2048 bytes`(_ length: Int) async throws {
        try await ScriptedDynamoDB.run { server in
            let probe = try Probe(server.endpoint)
            try probe.createTable()
            let item = Value.order(String(repeating: "k", count: length), 1)
            #expect(try probe.put(item).status == (length > 2048 ? 400 : 200))
        }
    }

    @Test func `what the server does not know is refused`() async throws {
        try await ScriptedDynamoDB.run { server in
            let probe = try Probe(server.endpoint)
            try probe.createTable()
            let answer = try probe.call(
                "PutItem",
                [
                    "TableName": "orders", "Item": .order("a", 1),
                    "ConditionExpression": "attribute_not_exists(pk)",
                ])
            #expect(answer.code == "ValidationException")
            #expect(server.table("orders").count == 0)
        }
    }
}
