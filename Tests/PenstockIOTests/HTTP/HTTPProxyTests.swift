import Penstock
import Testing

@testable import PenstockIO

@Suite struct `HTTP proxy` {
    @Test func `carries requests, with user and password`() async throws {
        try await withServer { _ in
            .answer(204)
        } _: { proxy in
            var configuration = HTTPClientConfiguration()
            configuration.proxy = HTTPProxy(
                url: "http://127.0.0.1:\(proxy.port)", user: "me", password: "p:w")
            configuration.allowsPlainHTTP = true
            let client = HTTPClient(configuration: configuration)
            let answer = try await client.send(
                HTTPRequest(url: "http://table.invalid/x"), timeout: .seconds(30))
            #expect(answer.status == 204)
            let seen = try #require(proxy.requests.first)
            #expect(seen.path == "http://table.invalid/x")
            #expect(seen.headers["proxy-authorization"] == "Basic bWU6cDp3")

            let tunnel = await failure("https://table.invalid/", client: client)
            #expect(tunnel?.mayHaveBeenSent == false)
            #expect(proxy.requests.last?.method == "CONNECT")
            #expect(proxy.requests.last?.path == "table.invalid:443")
        }
    }

    @Test func `is passed by for loopback and for hosts that are excepted`() async throws {
        try await withServer { _ in
            .answer()
        } _: { proxy in
            try await withServer { _ in
                .answer(202)
            } _: { server in
                var configuration = HTTPClientConfiguration()
                configuration.proxy = HTTPProxy(url: "http://127.0.0.1:\(proxy.port)")
                configuration.noProxy = ["other.invalid", ".amazonaws.com"]
                configuration.allowsPlainHTTP = true
                let client = HTTPClient(configuration: configuration)
                let answer = try await client.send(
                    HTTPRequest(url: server.url), timeout: .seconds(30))
                #expect(answer.status == 202)
                _ = await failure("http://other.invalid/", timeout: .seconds(1), client: client)
                #expect(proxy.requests.isEmpty)
            }
        }
    }

    @Test(arguments: [
        (407, ErrorKind.fatal), (403, .fatal), (502, .retriable), (503, .retriable),
        (429, .retriable),
    ])
    func `may refuse a tunnel`(status: Int, kind: ErrorKind) async throws {
        try await withServer { _ in
            .answer(status, headers: [HTTPHeader("Proxy-Authenticate", "Basic realm=\"p\"")])
        } _: { proxy in
            var configuration = HTTPClientConfiguration()
            configuration.proxy = HTTPProxy(
                url: "http://127.0.0.1:\(proxy.port)", user: "me", password: "hunter2")
            let error = await failure(
                "https://table.invalid/", client: HTTPClient(configuration: configuration))
            #expect(error?.code == .proxy)
            #expect(error?.kind == kind)
            #expect(error?.mayHaveBeenSent == false)
            #expect(error?.host == "table.invalid")
            #expect(error?.description.contains("HTTP \(status)") == true)
            #expect(error?.description.contains("hunter2") == false)
            #expect(proxy.requests.count == 1)
        }
    }

    @Test func `may refuse its user`() async throws {
        try await withServer { _ in
            .answer(407)
        } _: { proxy in
            var configuration = HTTPClientConfiguration()
            configuration.allowsPlainHTTP = true
            configuration.proxy = HTTPProxy(url: "http://127.0.0.1:\(proxy.port)")
            let client = HTTPClient(configuration: configuration)
            let error = await failure("http://table.invalid/", client: client)
            #expect(error?.code == .proxy)
            #expect(error?.kind == .fatal)
            // From a server it is an answer like any other.
            let answer = try await client.send(
                HTTPRequest(url: proxy.url), timeout: .seconds(30))
            #expect(answer.status == 407)
        }
    }

    // libcurl resolves names below `localhost` by itself, and to this client they are no local ones.
    @Test func `of an environment is for TLS alone, any other for plain HTTP as well`() async throws
    {
        try await withServer { _ in
            .answer(204)
        } _: { proxy in
            try await withServer { _ in
                .answer(202)
            } _: { server in
                let address = "http://127.0.0.1:\(proxy.port)"
                var configuration = HTTPClientConfiguration()
                configuration.allowsPlainHTTP = true
                #expect(configuration.useProxy(fromEnvironment: ["HTTPS_PROXY": address]) == nil)
                let request = HTTPRequest(url: "http://table.localhost:\(server.port)/")
                let direct = try await HTTPClient(configuration: configuration)
                    .send(request, timeout: .seconds(30))
                #expect(direct.status == 202)
                #expect(proxy.requests.isEmpty)
                _ = await failure(
                    "https://table.invalid/", client: HTTPClient(configuration: configuration))
                #expect(proxy.requests.map(\.method) == ["CONNECT"])

                configuration.proxy = HTTPProxy(url: address)
                let carried = try await HTTPClient(configuration: configuration)
                    .send(request, timeout: .seconds(30))
                #expect(carried.status == 204)
            }
        }
    }

    @Test func `is not blamed for what an excepted host answers`() async throws {
        try await withServer { _ in
            .answer(407)
        } _: { server in
            var configuration = HTTPClientConfiguration()
            configuration.allowsPlainHTTP = true
            configuration.proxy = HTTPProxy(url: "http://127.0.0.1:1")
            configuration.noProxy = [".localhost"]
            let answer = try await HTTPClient(configuration: configuration)
                .send(
                    HTTPRequest(url: "http://table.localhost:\(server.port)/"),
                    timeout: .seconds(30))
            #expect(answer.status == 407)
        }
    }

    @Test(
        "hosts are excepted as in curl",
        arguments: [
            ("table.example", "*", true), ("10.1.2.3", "*", true),
            ("table.example", "table.example", true), ("TABLE.example", "table.EXAMPLE.", true),
            ("a.table.example", "table.example", true), ("table.example.", ".example", true),
            ("example", ".example", true), ("notexample", "example", false),
            ("example.com", "example", false), ("table.example", ".", false),
            ("table.example", "", false), ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.30", false), ("10.1.2.3", "10.0.0.0/8", true),
            ("11.1.2.3", "10.0.0.0/8", false), ("10.129.2.3", "10.128.0.0/9", true),
            ("10.127.2.3", "10.128.0.0/9", false), ("1.2.3.4", "0.0.0.0/0", true),
            ("10.1.2.3", "10.0.0.0/33", false), ("10.1.2.3", "10.0.0.0/x", false),
            ("10.1.2.3", "2.3", false), ("[fd12::1]", "fd00::/8", true),
            ("[fd12::1]", "[fd12:0::1]", true), ("[fe12::1]", "fd00::/8", false),
            ("[fd12::1]", "10.0.0.0/0", false), ("table.example", "10.0.0.0/8", false),
        ])
    func exceptions(host: String, entry: String, isExcepted: Bool) {
        #expect(NoProxyList([entry]).contains(host) == isExcepted)
        #expect(NoProxyList(["other.invalid", entry]).contains(host) == isExcepted)
        #expect(!NoProxyList([]).contains(host))
    }

    @Test func `comes from an environment`() {
        var configuration = HTTPClientConfiguration()
        #expect(
            configuration.useProxy(fromEnvironment: [
                "HTTPS_PROXY": "http://me:p%40w@proxy.example:3128", "NO_PROXY": "a.example, .b",
            ]) == nil)
        var expected = HTTPProxy(url: "http://proxy.example:3128", user: "me", password: "p@w")
        expected.carriesPlainHTTP = false
        #expect(configuration.proxy == expected)
        #expect(configuration.noProxy == ["a.example", ".b"])

        #expect(
            configuration.useProxy(fromEnvironment: [
                "https_proxy": "small:1", "HTTPS_PROXY": "http://big:2",
                "HTTP_PROXY": "http://no:3",
            ]) == nil)
        #expect(configuration.proxy?.url == "http://small:1")
        #expect(configuration.noProxy == [])

        #expect(
            configuration.useProxy(fromEnvironment: ["HTTPS_PROXY": "socks5://h:1"])
                == "HTTPS_PROXY")
        #expect(configuration.proxy == nil)
    }

    @Test func `shows no password`() {
        let proxy = HTTPProxy(url: "http://u:hidden@h:1", user: "u", password: "hidden")
        var text = "\(proxy)"
        dump(proxy, to: &text)
        var configuration = HTTPClientConfiguration()
        configuration.proxy = proxy
        dump(configuration, to: &text)
        #expect(!text.contains("hidden"))
    }
}
