import Penstock
import PenstockTesting
import Synchronization
import Testing

/// What the server does late, or not at all.
@Suite struct TimingTests {
    @Test func `a late reply belongs to a write that was applied at once`() async throws {
        try await ScriptedDynamoDB.run { server in
            let probe = try Probe(server.endpoint)
            try probe.createTable()
            server.script = [.on(.batchWriteItem, do: .delay(.milliseconds(200)))]
            let start = ContinuousClock.now
            try probe.send("BatchWriteItem", Value.batch([.put(.order("a", 1))]).json())
            while server.table("orders").count == 0 { try await Task.sleep(for: .milliseconds(1)) }
            let applied = ContinuousClock.now - start
            #expect(try probe.receive().status == 200)
            let answered = ContinuousClock.now - start
            #expect(applied < answered)
            #expect(answered >= .milliseconds(200))
        }
    }

    @Test func `a write can be applied after its client has gone`() async throws {
        try await ScriptedDynamoDB.run { server in
            try Probe(server.endpoint).createTable()
            server.script = [.on(.batchWriteItem, do: .delayBeforeApplying(.milliseconds(50)))]
            let start = ContinuousClock.now
            // The connection ends with the statement.
            try Probe(server.endpoint)
                .send("BatchWriteItem", Value.batch([.put(.order("a", 1))]).json())
            while server.table("orders").count == 0 { try await Task.sleep(for: .milliseconds(1)) }
            #expect(ContinuousClock.now - start >= .milliseconds(50))
        }
    }

    @Test func `every reply is held back by the latency`() async throws {
        try await ScriptedDynamoDB.run(latency: .milliseconds(20)) { server in
            let probe = try Probe(server.endpoint)
            let start = ContinuousClock.now
            for _ in 0..<3 { try probe.call("ListTables", [:]) }
            #expect(ContinuousClock.now - start >= .milliseconds(60))
            server.latency = .zero
            #expect(server.latency == .zero)
        }
    }

    @Test func `a stalled server answers when it is resumed, and forgets who has left`()
        async throws
    {
        try await ScriptedDynamoDB.run { server in
            let probe = try Probe(server.endpoint)
            try probe.createTable()
            server.stall()
            try probe.send("BatchWriteItem", Value.batch([.put(.order("stays", 1))]).json())
            do {
                let leaver = try Probe(server.endpoint)
                try leaver.send("BatchWriteItem", Value.batch([.put(.order("left", 1))]).json())
                while server.requestCount < 3 { try await Task.sleep(for: .milliseconds(1)) }
            }
            try await Task.sleep(for: .milliseconds(100))
            #expect(server.table("orders").count == 0)
            server.resume()
            #expect(try probe.receive().status == 200)
            #expect(server.appliedWrites.map(\.key.hash) == ["stays"])
        }
    }

    @Test func `a request that is never answered does not keep the server from ending`()
        async throws
    {
        let probe = try await ScriptedDynamoDB.run(script: [.onAny(do: .stall)]) { server in
            let probe = try Probe(server.endpoint)
            try probe.send("ListTables", Array("{}".utf8))
            while server.requestCount < 1 { try await Task.sleep(for: .milliseconds(1)) }
            return probe
        }
        #expect(throws: Probe.Failure.self) { try probe.receive() }
    }

    @Test func `the server is gone when its scope has been left by an error`() async throws {
        struct Cause: Error {}
        let endpoint = Mutex("")
        await #expect(throws: Cause.self) {
            try await ScriptedDynamoDB.run { server in
                endpoint.withLock { $0 = server.endpoint }
                throw Cause()
            }
        }
        #expect(throws: Probe.Failure.self) { try Probe(endpoint.withLock { $0 }) }
    }
}
