import Testing

@testable import PenstockIO

@Suite struct `HTTP cancellation` {
    @Test(arguments: [false, true])
    func `frees the transfer at once`(isOnLoop: Bool) async throws {
        try await withServer { _ in
            .stall(after: "HTTP/1.1 200 OK\r\n")
        } _: { server in
            let client = HTTPClient()
            let url = server.url
            try await withLoop { loop in
                let task = Task {
                    if isOnLoop {
                        await loop.run { await failure(url, timeout: .seconds(60), client: client) }
                    } else {
                        await failure(url, timeout: .seconds(60), client: client)
                    }
                }
                try await eventually { server.requests.count == 1 }
                let start = ContinuousClock.now
                task.cancel()
                let error = await task.value
                #expect(error?.code == .cancelled)
                #expect(error?.mayHaveBeenSent == true)
                #expect(.now - start < .seconds(30))
                try await eventually { server.openConnections == 0 }
            }
        }
    }

    @Test func `of a task that is cancelled already sends nothing`() async throws {
        try await withServer { _ in
            .answer()
        } _: { server in
            let url = server.url
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await failure(url)
            }
            let error = await task.value
            #expect(error?.code == .cancelled)
            #expect(error?.mayHaveBeenSent == false)
            #expect(server.connectionCount == 0)
        }
    }

    @Test func `while waiting for a connection, by cancelling or by the time limit`()
        async throws
    {
        try await withServer {
            $0.path == "/1" ? .stall(after: "") : .answer()
        } _: { server in
            var configuration = HTTPClientConfiguration()
            configuration.connectionsPerHost = 1
            let client = HTTPClient(configuration: configuration)
            let url = server.url
            let first = Task { await failure(url + "1", timeout: .seconds(60), client: client) }
            try await eventually { server.requests.count == 1 }
            let cancelled = Task { await failure(url, timeout: .seconds(60), client: client) }
            let late = await failure(url, timeout: .milliseconds(50), client: client)
            #expect(late?.code == .timeout)
            #expect(late?.mayHaveBeenSent == false)
            cancelled.cancel()
            #expect(await cancelled.value?.code == .cancelled)

            let next = Task { await failure(url + "2", timeout: .seconds(60), client: client) }
            try await Task.sleep(for: .milliseconds(10))
            first.cancel()
            #expect(await first.value?.code == .cancelled)
            #expect(await next.value == nil)
            #expect(server.requests.map(\.path) == ["/1", "/2"])
        }
    }

    @Test func `by the end of the loop`() async throws {
        try await withServer { _ in
            .stall(after: "")
        } _: { server in
            var configuration = HTTPClientConfiguration()
            configuration.connectionsPerHost = 2
            let client = HTTPClient(configuration: configuration)
            let loop = EventLoop(name: "test")
            let url = server.url
            let begun = Locked(0)
            let tasks = (0..<5).map { _ in
                Task {
                    await loop.run {
                        begun.withLock { $0 += 1 }
                        return await failure(url, timeout: .seconds(60), client: client)
                    }
                }
            }
            try await eventually { begun.withLock { $0 } == 5 && server.requests.count == 2 }
            await loop.stop()
            for task in tasks { #expect(await task.value?.code == .cancelled) }
            try await eventually { server.openConnections == 0 }
        }
    }

    /// Cancels at all moments of many requests; every one must end, and the next one work.
    @Test func `at any moment leaves the client fit for use`() async throws {
        try await withServer { _ in
            .delayed(.milliseconds(1), .answer())
        } _: { server in
            let client = HTTPClient()
            let url = server.url
            try await withLoop { loop in
                for microseconds in stride(from: 0, to: 4000, by: 40) {
                    let task = Task { await loop.run { await failure(url, client: client) } }
                    try await Task.sleep(for: .microseconds(microseconds))
                    task.cancel()
                    let error = await task.value
                    #expect(error == nil || error?.code == .cancelled)
                }
                #expect(await loop.run { await failure(url, client: client) } == nil)
            }
        }
    }
}
