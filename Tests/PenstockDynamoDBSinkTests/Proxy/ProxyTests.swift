import Foundation
import Penstock
import PenstockAWS
import PenstockDynamoDB
import PenstockIO
import PenstockTesting
import TestServers
import Testing

@testable import PenstockDynamoDBSink

/// Everything that goes to AWS takes the proxy, by its own host names; nothing else does.
@Suite("Through a proxy", .timeLimit(.minutes(2)))
struct ProxyTests {
    private static let keys = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")
    private static let role = "arn:aws:iam::123456789012:role/orders"

    private func port(of server: ScriptedDynamoDB) throws -> Int {
        try #require(URL(string: server.endpoint)?.port)
    }

    private func client(
        _ variables: [String: String] = [:], http: HTTPClientConfiguration? = nil,
        credentials: any CredentialProvider = keys, endpoint: String? = nil
    ) -> DynamoDB {
        var options = DynamoDBOptions()
        options.http = http
        return DynamoDB(
            region: "eu-west-1", credentials: credentials, endpoint: endpoint, options: options,
            environment: AWSEnvironment(variables: variables))
    }

    /// The proxy as a program names it, which carries plain HTTP too; an environment's does not.
    private func http(
        _ proxy: ForwardProxy, password: String? = nil
    ) -> HTTPClientConfiguration {
        var http = HTTPClientConfiguration()
        http.proxy = HTTPProxy(
            url: proxy.url, user: password == nil ? nil : "me", password: password)
        return http
    }

    // MARK: Forwarding and tunnels

    @Test("a role is taken on and DynamoDB is asked through a proxy that wants a user")
    func role() async throws {
        let sts = try TestSTS()
        defer { sts.stop() }
        try await ScriptedDynamoDB.run(seed: 1) { server in
            let proxy = try ForwardProxy(
                login: "me:p@ss",
                routes: ["table.example": port(of: server), "sts.example": sts.port])
            defer { proxy.stop() }
            let http = http(proxy, password: "p@ss")
            let environment = AWSEnvironment(variables: [
                "AWS_ENDPOINT_URL_STS": "http://sts.example"
            ])
            let role = AssumeRole(
                arn: Self.role, region: "eu-west-1", credentials: Self.keys,
                environment: environment, http: http)
            let dynamo = client(http: http, credentials: role, endpoint: "http://table.example")
            for _ in 0..<3 { _ = try await dynamo.listTables() }
            #expect(sts.bodies.count == 1)
            #expect(sts.bodies.allSatisfy { $0.contains("Action=AssumeRole") })
            #expect(server.requests.count == 3)
            let hosts = ["sts.example", "table.example", "table.example", "table.example"]
            #expect(
                proxy.requests == hosts.map { .init(method: "POST", host: $0, isPassed: true) })
        }
    }

    @Test("to AWS's own hosts it goes in a tunnel, which begins with TLS to the host's name")
    func tunnel() async throws {
        let host = "dynamodb.eu-west-1.amazonaws.com"
        let proxy = try ForwardProxy(login: "me:r@ght", routes: [host: 0])
        defer { proxy.stop() }
        let dynamo = client(
            ["HTTPS_PROXY": "http://me:r%40ght@127.0.0.1:\(proxy.port)", "AWS_MAX_ATTEMPTS": "1"])
        await #expect(throws: DynamoDBError.self) { try await dynamo.listTables() }
        #expect(proxy.requests == [.init(method: "CONNECT", host: host, isPassed: true)])
        let hello = try #require(proxy.tunnelled.first)
        #expect(hello.first == 22)
        #expect(Data(hello).range(of: Data(host.utf8)) != nil)
    }

    // MARK: The wrong password

    @Test("a proxy that refuses its user ends a request at once", arguments: [true, false])
    func wrongPassword(isTunnel: Bool) async throws {
        let proxy = try ForwardProxy(login: "me:right", routes: [:])
        defer { proxy.stop() }
        let dynamo = client(
            http: http(proxy, password: "hunter2"),
            endpoint: isTunnel ? nil : "http://table.example")
        let error = await #expect(throws: DynamoDBError.self) { try await dynamo.listTables() }
        #expect(error?.code == .connection)
        #expect(error?.kind == .fatal)
        #expect((error?.cause as? HTTPError)?.code == .proxy)
        #expect(error?.description.contains("the proxy refused") == true)
        #expect(error?.description.contains("HTTP 407") == true)
        #expect(error?.description.contains("hunter2") == false)
        #expect(Set(proxy.requests.map(\.isPassed)) == [false])
        // libcurl may ask twice: without and with the user.
        #expect(proxy.requests.count <= 2)
    }

    @Test("a role behind a proxy that refuses its user is not taken on, for this reason")
    func wrongPasswordOfRole() async throws {
        let proxy = try ForwardProxy(login: "me:right", routes: [:])
        defer { proxy.stop() }
        let role = AssumeRole(
            arn: Self.role, region: "eu-west-1", credentials: Self.keys,
            environment: AWSEnvironment(variables: [:]), http: http(proxy, password: "hunter2"))
        let error = await #expect(throws: CredentialError.self) { try await role.credentials() }
        #expect(error?.kind == .fatal)
        #expect(error?.description.contains("HTTP 407") == true)
        #expect(error?.description.contains("hunter2") == false)
        #expect(Set(proxy.requests.map(\.host)) == ["sts.eu-west-1.amazonaws.com"])
    }

    // MARK: What goes past it

    @Test("excepted hosts, loopback and metadata servers are reached directly")
    func exceptions() async throws {
        try await ScriptedDynamoDB.run(seed: 1) { server in
            let proxy = try ForwardProxy(routes: ["table.invalid": try port(of: server)])
            defer { proxy.stop() }
            var http = http(proxy)
            _ = try await client(http: http, endpoint: "http://table.invalid").listTables()
            #expect(proxy.requests.count == 1)

            http.noProxy = ["other.example", ".invalid"]
            let excepted = client(
                ["AWS_MAX_ATTEMPTS": "1"], http: http, endpoint: "http://table.invalid")
            let error = await #expect(throws: DynamoDBError.self) {
                try await excepted.listTables()
            }
            let code = try #require((error?.cause as? HTTPError)?.code)
            #expect([.resolve, .timeout].contains(code))

            _ = try await client(http: http, endpoint: server.endpoint).listTables()
            let context = AWSContext(environment: AWSEnvironment(variables: [:]), http: http)
            let agent = try await context.metadata.send(
                HTTPRequest(url: server.endpoint), timeout: .seconds(30))
            #expect(agent.status != 0)
            #expect(proxy.requests.count == 1)
        }
    }

    // MARK: The sink

    @Test("the sink's own proxy carries its tables and its role, before that of the environment")
    func sink() async throws {
        let sts = try TestSTS()
        defer { sts.stop() }
        try await ScriptedDynamoDB.run(seed: 1, creatingCalls: 1) { server in
            let proxy = try ForwardProxy(
                login: "me:right",
                routes: [
                    "table.example": try port(of: server), "sts.example": sts.port,
                ])
            defer { proxy.stop() }
            var sink = DynamoDBSink(
                hashKey: .value("id"), region: "eu-west-1", endpoint: "http://table.example:8000")
            sink.proxy = Secret(proxy.url)
            sink.proxyUser = "me"
            sink.proxyPassword = "right"
            let config = """
                [profile orders]
                role_arn = \(Self.role)
                source_profile = base
                [profile base]
                aws_access_key_id = AKIDEXAMPLE
                aws_secret_access_key = secret
                """
            let environment = AWSEnvironment(variables: [
                "AWS_REGION": "eu-west-1", "AWS_PROFILE": "orders", "AWS_CONFIG_FILE": "/config",
                "HTTPS_PROXY": "http://127.0.0.1:1", "AWS_ENDPOINT_URL_STS": "http://sts.example",
                "AWS_SHARED_CREDENTIALS_FILE": "/none",
            ]) { $0 == "/config" ? Array(config.utf8) : nil }
            try await write(through: sink, environment)
            #expect(server.table("orders").count == 1)
            #expect(sts.bodies.count == 1)
            #expect(Set(proxy.requests.map(\.host)) == ["table.example", "sts.example"])
            #expect(proxy.requests.allSatisfy { $0.method == "POST" && $0.isPassed })
        }
    }

    private func write(through sink: DynamoDBSink, _ environment: AWSEnvironment) async throws {
        let records = TestRecords()
        try records.add(offset: 0, value: #"{"id":"k"}"#)
        let loop = EventLoop(name: "sink-test")
        let result: Result<Void, any Error> = await loop.run {
            do {
                let task = try await DynamoDBSinkTask(
                    sink, TaskContext(connector: "test", log: .disabled), environment: environment)
                try await withThrowingTaskGroup { group in
                    group.addTask { try await task.run() }
                    group.addTask {
                        let batch = records.sinkBatch()
                        try await task.write(batch)
                        try await task.flush([TopicPartition(topic: "orders", partition: 0)])
                        #expect(batch.unresolved == 0)
                    }
                    try await group.next()
                    group.cancelAll()
                }
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        await loop.stop()
        try result.get()
    }
}
