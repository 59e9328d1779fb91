import Penstock
import PenstockDynamoDB
import PenstockTesting
import Testing

/// What the server remembers, and shows.
@Suite struct LogTests {
    @Test func `requests are kept in order with body, signature and status`() async throws {
        try await ScriptedDynamoDB.run(script: [.on(.listTables, do: .error())]) { server in
            let probe = try Probe(server.endpoint)
            try probe.createTable()
            try probe.call("ListTables", ["Limit": 3])
            try probe.call("GetItem", text: [])
            let requests = server.requests
            #expect(requests.map(\.number) == [1, 2, 3])
            #expect(requests.map(\.operation) == [.createTable, .listTables, .getItem])
            #expect(requests.map(\.status) == [200, 500, 400])
            #expect(requests[1].body == ["Limit": 3])
            #expect(requests.allSatisfy { $0.isSigned })
            #expect(requests[0].time <= requests[2].time)
        }
    }

    @Test func `applied writes are kept in order with key and item`() async throws {
        try await ScriptedDynamoDB.run { server in
            let probe = try Probe(server.endpoint)
            try probe.createTable()
            try probe.batch([.put(.order("a", 1)), .delete("b", 2)])
            try probe.put(.order("c", 3, total: "1.50"))
            let writes = server.appliedWrites
            #expect(writes.map(\.sequenceNumber) == [1, 2, 3])
            #expect(writes.map(\.requestNumber) == [2, 2, 3])
            #expect(writes.map(\.table) == ["orders", "orders", "orders"])
            #expect(
                writes.map(\.key) == [
                    ItemKey(hash: "a", sort: 1), ItemKey(hash: "b", sort: 2),
                    ItemKey(hash: "c", sort: 3),
                ])
            #expect(writes[1].item == nil)
            #expect(writes[2].item == ["pk": "c", "sk": 3, "total": 1.5])
        }
    }

    @Test func `without a log the counts remain`() async throws {
        try await ScriptedDynamoDB.run(keepsLog: false) { server in
            let probe = try Probe(server.endpoint)
            try probe.createTable()
            try probe.batch([.put(.order("a", 1)), .put(.order("a", 2))])
            #expect(server.requests.isEmpty && server.requestCount == 2)
            #expect(server.appliedWrites.isEmpty && server.appliedWriteCount == 2)
        }
    }

    @Test func `a table shows its items by order and by key`() async throws {
        try await ScriptedDynamoDB.run { server in
            let probe = try Probe(server.endpoint)
            let table = server.table("orders")
            #expect(!table.exists && table.count == 0 && table.items.isEmpty)
            try probe.createTable()
            for (hash, sort) in [("b", 10), ("a", 1), ("b", 9), ("b", -1)] {
                try probe.put(.order(hash, sort))
            }
            #expect(table.exists && table.count == 4)
            #expect(table.items.map { $0["sk"] } == [-1, 9, 10, 1])
            #expect(table["b", 9]?["total"] == 9.9)
            #expect(table["b", 8] == nil)
            #expect(table.itemsByKey[ItemKey(hash: "a", sort: 1)]?["pk"] == "a")
        }
    }

    @Test func `several connections write at once and every write is kept`() async throws {
        try await ScriptedDynamoDB.run { server in
            try Probe(server.endpoint).createTable()
            try await withThrowingTaskGroup { group in
                for writer in 0..<8 {
                    group.addTask {
                        let probe = try Probe(server.endpoint)
                        for batch in 0..<20 {
                            try probe.batch(
                                (0..<25).map { .put(.order("w\(writer)", batch * 25 + $0)) })
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(server.table("orders").count == 4000)
            #expect(server.appliedWrites.map(\.sequenceNumber) == Array(1...4000))
        }
    }
}
