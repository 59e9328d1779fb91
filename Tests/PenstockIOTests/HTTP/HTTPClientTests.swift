import Testing

@testable import PenstockIO

@Suite struct `HTTP client` {
    let limit = Duration.seconds(30)

    @Test(
        arguments: ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"], [0, 1, 20_000, 300_000])
    func `sends a request as it was given and returns the answer`(
        method: String, count: Int
    ) async throws {
        try await withServer { request in
            .answer(
                201, headers: [.init("X-Answer", " yes "), .init("x-empty", "")],
                body: request.body)
        } _: { server in
            let body = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            let request = HTTPRequest(
                method: method, url: server.url + "a/../b?c=%20d",
                headers: [.init("X-One", "1"), .init("x-one", "two"), .init("X-None", "")],
                body: body)
            let answer = try await HTTPClient().send(request, timeout: .seconds(30))
            #expect(answer.status == 201)
            #expect(answer.headers["x-answer"] == "yes")
            #expect(answer.headers["X-Empty"] == "")
            #expect(answer.body == body)

            let seen = try #require(server.requests.first)
            #expect(seen.method == method)
            #expect(seen.path == "/a/../b?c=%20d")
            #expect(seen.body == body)
            let hasLength = count > 0 || ["POST", "PUT", "PATCH"].contains(method)
            #expect(
                seen.headers.map { "\($0.name): \($0.value)" } == [
                    "Host: 127.0.0.1:\(server.port)", "X-One: 1", "x-one: two", "X-None: ",
                ] + (hasLength ? ["Content-Length: \(count)"] : []))
        }
    }

    @Test func `HEAD has an answer without a body`() async throws {
        try await withServer { _ in
            .raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n")
        } _: { server in
            let answer = try await HTTPClient().send(
                HTTPRequest(method: "HEAD", url: server.url), timeout: limit)
            #expect(answer.headers["content-length"] == "5")
            #expect(answer.body.isEmpty)
        }
    }

    @Test func `an error status is an answer, and redirects are not followed`() async throws {
        try await withServer { request in
            request.path == "/500"
                ? .answer(500, body: Array("oops".utf8))
                : .answer(302, headers: [.init("Location", "/500")])
        } _: { server in
            let client = HTTPClient()
            let failed = try await client.send(
                HTTPRequest(url: server.url + "500"), timeout: limit)
            #expect(failed.status == 500)
            #expect(failed.body == Array("oops".utf8))
            let moved = try await client.send(HTTPRequest(url: server.url), timeout: limit)
            #expect(moved.status == 302)
            #expect(server.requests.count == 2)
        }
    }

    @Test func `takes chunks, an interim answer, and a compressed body as it is`() async throws {
        try await withServer { request in
            switch request.path {
            case "/chunked": .chunked([Array("ab".utf8), Array("cde".utf8)])
            case "/interim":
                .raw(
                    "HTTP/1.1 100 Continue\r\nX-A: 1\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nX-B: 2\r\nContent-Length: 1\r\n\r\nx")
            default: .answer(headers: [.init("Content-Encoding", "gzip")], body: [1, 2, 3])
            }
        } _: { server in
            let client = HTTPClient()
            let chunked = try await client.send(
                HTTPRequest(url: server.url + "chunked"), timeout: limit)
            #expect(chunked.body == Array("abcde".utf8))
            let interim = try await client.send(
                HTTPRequest(url: server.url + "interim"), timeout: limit)
            #expect(interim.headers.map(\.name) == ["X-B", "Content-Length"])
            #expect(interim.status == 200)
            let packed = try await client.send(HTTPRequest(url: server.url), timeout: limit)
            #expect(packed.body == [1, 2, 3])
        }
    }

    @Test func `keeps connections and uses them again`() async throws {
        try await withServer { _ in
            .answer()
        } _: { server in
            let url = server.url
            try await withKeepingClient { client in
                for _ in 0..<20 {
                    _ = try await client.send(HTTPRequest(url: url), timeout: .seconds(60))
                }
            }
            #expect(server.connectionCount == 1)
            #expect(server.requests.count == 20)
        }
    }

    @Test func `does not use a connection again that was idle for too long`() async throws {
        try await withServer { _ in
            .answer()
        } _: { server in
            var configuration = HTTPClientConfiguration()
            configuration.maximumIdleTime = .seconds(3)
            let client = HTTPClient(configuration: configuration)
            let url = server.url
            // On a loop: elsewhere each request could have to wait for its turn among the tests.
            try await withLoop { loop in
                try await loop.run {
                    for pause in [0, 0, 5] {
                        try await loop.sleep(for: .seconds(pause))
                        _ = try await client.send(HTTPRequest(url: url), timeout: .seconds(60))
                    }
                }
            }
            #expect(server.connectionCount == 2)
        }
    }

    @Test func `has at most so many connections to a host, and serves all in order`()
        async throws
    {
        try await withServer { _ in
            .delayed(.milliseconds(5), .answer())
        } _: { server in
            var configuration = HTTPClientConfiguration()
            configuration.connectionsPerHost = 3
            let client = HTTPClient(configuration: configuration)
            try await withLoop { loop in
                try await loop.run {
                    try await withThrowingTaskGroup { group in
                        for number in 0..<30 {
                            let request = HTTPRequest(url: server.url + String(number))
                            group.addTask { try await client.send(request, timeout: .seconds(60)) }
                        }
                        for try await answer in group { #expect(answer.status == 200) }
                    }
                }
            }
            #expect(server.mostOpenConnections == 3)
            #expect(server.connectionCount == 3)
            // Which of three that were sent together is noted first is up to the server's threads.
            let numbers = (1...3).map { connection in
                server.requests.filter { $0.connection == connection }
                    .compactMap { Int($0.path.dropFirst()) }
            }
            #expect(numbers.joined().sorted() == Array(0..<30))
            for order in numbers { #expect(order == order.sorted()) }
        }
    }

    @Test func `one client serves several loops`() async throws {
        try await withServer { _ in
            .answer()
        } _: { server in
            let client = HTTPClient()
            try await withLoop { first in
                try await withLoop { second in
                    for loop in [first, second, first, second] {
                        _ = try await loop.run {
                            try await client.send(
                                HTTPRequest(url: server.url), timeout: .seconds(30))
                        }
                    }
                }
            }
            #expect(server.connectionCount == 2)
        }
    }

    @Test func `resolves names`() async throws {
        try await withServer { _ in
            .answer()
        } _: { server in
            let url = "http://a.quick.test:\(server.port)/"
            try await withKeepingClient { client in
                for _ in 0..<3 {
                    let answer = try await client.send(
                        HTTPRequest(url: url), timeout: .seconds(60))
                    #expect(answer.status == 200)
                }
            }
            #expect(server.connectionCount == 1)
        }
    }

    /// An actor's steps run on whichever thread serves the actor, that of a loop or of the pool.
    @Test func `may be used by an actor that tasks on and off the loop share`() async throws {
        actor Sender {
            let client = HTTPClient()
            var count = 0

            func send(_ url: String) async throws {
                let answer = try await client.send(HTTPRequest(url: url), timeout: .seconds(30))
                #expect(answer.status == 200)
                count += 1
            }
        }
        try await withServer { _ in
            .answer()
        } _: { server in
            let sender = Sender()
            let url = server.url
            try await withLoop { loop in
                try await withThrowingTaskGroup { group in
                    for number in 0..<40 {
                        group.addTask {
                            for _ in 0..<5 {
                                if number % 2 == 0 {
                                    try await loop.run { try await sender.send(url) }
                                } else {
                                    try await sender.send(url)
                                }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(await sender.count == 200)
        }
    }

    @Test func `a client that goes leaves nothing on its loop`() async throws {
        try await withServer { _ in
            .answer()
        } _: { server in
            try await withLoop { loop in
                try await loop.run {
                    let client = HTTPClient()
                    _ = try await client.send(HTTPRequest(url: server.url), timeout: .seconds(30))
                }
                #expect(await loop.run { loop.core.transports.isEmpty })
            }
        }
    }

    @Test func `an exchange uses its memory again`() async throws {
        try await withServer { request in
            .answer(body: request.body)
        } _: { server in
            let client = HTTPClient()
            let url = server.url
            try await withLoop { loop in
                try await loop.run {
                    let exchange = client.makeExchange()
                    for count in [10, 5000, 0, 70_000] {
                        let bytes = UnsafeMutableRawBufferPointer.allocate(
                            byteCount: count, alignment: 1)
                        defer { bytes.deallocate() }
                        bytes.initializeMemory(as: UInt8.self, repeating: UInt8(count & 0xFF))
                        try exchange.setTarget(method: "POST", url: url)
                        exchange.removeHeaders()
                        exchange.appendHeader("X-Count", String(count))
                        try await exchange.send(
                            body: UnsafeRawBufferPointer(bytes), timeout: .seconds(30))
                        #expect(exchange.status == 200)
                        #expect(exchange.header("content-length") == String(count))
                        #expect(exchange.body == Array(bytes))
                    }
                }
            }
            #expect(server.requests.map { $0.headers["x-count"] } == ["10", "5000", "0", "70000"])
            #expect(server.connectionCount == 1)
        }
    }
}
