import Glibc
import Penstock
import Testing

@testable import PenstockIO

@Suite struct `HTTP failures` {
    @Test func `a refused connection`() async throws {
        let listener = StubServer.makeSocket()
        let port = StubServer.listen(on: listener)
        close(listener)
        let error = await failure("http://127.0.0.1:\(port)/secret?token=1")
        #expect(error?.code == .connect)
        #expect(error?.kind == .retriable)
        #expect(error?.mayHaveBeenSent == false)
        #expect(error?.host == "127.0.0.1")
        #expect(error?.curlCode == 7)
        #expect(error?.description.contains("secret") == false)
        #expect(error?.description.contains("token") == false)
    }

    @Test func `a name that does not exist`() async throws {
        let error = await failure("https://name.invalid/", timeout: .seconds(20))
        #expect(error?.code == .resolve || error?.code == .timeout)
        #expect(error?.mayHaveBeenSent == false)
    }

    @Test func `a server that never answers meets the time limit`() async throws {
        try await withServer { _ in
            .stall(after: "")
        } _: { server in
            let start = ContinuousClock.now
            let error = await failure(server.url, timeout: .milliseconds(100))
            #expect(error?.code == .timeout)
            #expect(error?.kind == .retriable)
            #expect(error?.mayHaveBeenSent == true)
            // libcurl counts whole milliseconds, and may be up to one early.
            #expect(.now - start >= .milliseconds(98))
            #expect(.now - start < .seconds(30))
            try await eventually { server.openConnections == 0 }
        }
    }

    @Test func `a host that takes no connection meets the connect limit`() async throws {
        // A full queue of connections that nobody accepts: further ones get no answer.
        let listener = StubServer.makeSocket()
        let port = StubServer.listen(on: listener)
        listen(listener, 0)
        defer { close(listener) }
        var configuration = HTTPClientConfiguration()
        configuration.connectTimeout = .milliseconds(200)
        let client = HTTPClient(configuration: configuration)
        let errors = await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    await failure(
                        "http://127.0.0.1:\(port)/", timeout: .seconds(1), client: client)
                }
            }
            return await group.reduce(into: [HTTPError]()) {
                if let error = $1 { $0.append(error) }
            }
        }
        #expect(errors.count == 4)
        #expect(errors.allSatisfy { $0.code == .timeout })
        #expect(errors.contains { !$0.mayHaveBeenSent })
    }

    @Test(arguments: [
        StubServer.Reply.close, .reset, .raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"),
        .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"),
        .raw("not HTTP\r\n\r\n"),
    ])
    func `a connection that breaks`(reply: StubServer.Reply) async throws {
        try await withServer { _ in
            reply
        } _: { server in
            let error = await failure(server.url, method: "POST")
            #expect(error?.code == .connectionLost)
            #expect(error?.kind == .retriable)
            #expect(error?.mayHaveBeenSent == true)
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: ["POST", "PUT"])
    func `only an idempotent request is sent again when a kept connection breaks`(
        method: String
    ) async throws {
        try await withServer {
            $0.number == 2 ? .reset : .answer()
        } _: { server in
            let url = server.url
            let error = try await withKeepingClient { client in
                _ = try await client.send(HTTPRequest(url: url), timeout: .seconds(60))
                return await failure(url, method: method, timeout: .seconds(60), client: client)
            }
            if method == "POST" {
                #expect(error?.code == .connectionLost)
                #expect(error?.mayHaveBeenSent == true)
                #expect(server.requests.count == 2)
            } else {
                #expect(error == nil)
                #expect(server.requests.count == 3)
            }
        }
    }

    @Test(arguments: [
        StubServer.Reply.answer(body: .init(repeating: 1, count: 1001)),
        .chunked(.init(repeating: .init(repeating: 1, count: 100), count: 11)),
        .answer(headers: [.init("X-Long", .init(repeating: "a", count: 70_000))]),
    ])
    func `an answer that is too large`(reply: StubServer.Reply) async throws {
        try await withServer { _ in
            reply
        } _: { server in
            var configuration = HTTPClientConfiguration()
            configuration.maximumResponseBytes = 1000
            let error = await failure(
                server.url, client: HTTPClient(configuration: configuration))
            #expect(error?.code == .tooLarge)
            #expect(error?.kind == .fatal)
            #expect(error?.mayHaveBeenSent == true)
        }
    }

    @Test(arguments: [
        ("X-Test", "a\r\nX-Evil: 1"), ("X-Test", "a\nb"), ("X-Test", "a\0b"), ("X:Test", "a"),
        ("X Test", "a"), ("", "a"), ("X-Tést", "a"), ("Content-Length", "5"),
        ("transfer-encoding", "chunked"),
    ])
    func `a header that would change the message is refused`(
        name: String, value: String
    ) async throws {
        try await withServer { _ in
            .answer()
        } _: { server in
            let request = HTTPRequest(url: server.url, headers: [.init(name, value)])
            await #expect { try await HTTPClient().send(request, timeout: .seconds(30)) } throws: {
                ($0 as? HTTPError)?.code == .invalidRequest
            }
            #expect(server.connectionCount == 0)
        }
    }

    @Test(arguments: [
        "", "127.0.0.1", "ftp://127.0.0.1/", "file:///etc/passwd", "http://user:secret@127.0.0.1/",
        "http://127.0.0.1:99999/", "http://127.0.0.1/\r\n", "http://127.0.0.1/\0",
    ])
    func `an address that is none`(url: String) async {
        let error = await failure(url)
        #expect(error?.code == .invalidRequest)
        #expect(error?.mayHaveBeenSent == false)
        #expect(error?.description.contains("secret") == false)
    }

    @Test(arguments: ["get", "G T", "", "GET\r\n"]) func `a method that is none`(method: String)
        async
    {
        #expect(await failure("http://127.0.0.1/", method: method)?.code == .invalidRequest)
    }
}

/// The error of a request, if it has one.
func failure(
    _ url: String, method: String = "GET", timeout: Duration = .seconds(30),
    client: HTTPClient = HTTPClient()
) async -> HTTPError? {
    do {
        _ = try await client.send(HTTPRequest(method: method, url: url), timeout: timeout)
        return nil
    } catch { return error }
}
