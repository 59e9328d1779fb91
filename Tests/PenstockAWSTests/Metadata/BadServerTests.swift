import Penstock
import PenstockIO
import Testing

@testable import PenstockAWS

/// Providers that ask over the network, against servers that misbehave in real sockets.
///
/// Every case has to end by itself, with an error that names provider and cause and shows nothing
/// of what the server sent. Pauses between attempts are left out.
@Suite("Servers that misbehave", .timeLimit(.minutes(3)))
struct BadServerTests {
    enum Fault: CaseIterable, Sendable {
        case silent, drip, noAnswer, notHTTP, notJSON, fiveMegabytes, noLength, endlessHead
        case cutOff, redirect, deep

        var reply: AgentServer.Reply {
            switch self {
            case .silent: .silence
            case .drip: .drip("HTTP/1.1 200 OK\r\nX: " + String(repeating: "CANARY", count: 1000))
            case .noAnswer: .raw("")
            case .notHTTP: .raw("CANARY nonsense\r\n\r\n")
            case .notJSON: .answer(body: "CANARY <html>")
            case .fiveMegabytes: .answer(body: String(repeating: "CANARY", count: 900_000))
            case .noLength:
                .raw("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "CANARY", count: 900_000))
            case .endlessHead:
                .raw("HTTP/1.1 200 OK\r\n" + String(repeating: "X: CANARY\r\n", count: 500_000))
            case .cutOff:
                .raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"AccessKeyId\":\"CANARY")
            case .redirect: .answer(302, headers: ["Location": "/elsewhere"], body: "CANARY")
            case .deep: .answer(body: String(repeating: "[", count: 60_000))
            }
        }
    }

    private func context(_ variables: [String: String]) -> AWSContext {
        var context = AWSContext(environment: AWSEnvironment(variables: variables))
        context.sleep = { _ in try Task.checkCancellation() }
        return context
    }

    private func container(_ server: AgentServer) -> ContainerCredentials {
        ContainerCredentials(
            context: context([
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url + "/credentials",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": "CANARY-token",
            ]))
    }

    private func instance(_ server: AgentServer) -> InstanceMetadataCredentials {
        InstanceMetadataCredentials(
            context: context(["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url]))
    }

    private func check(
        _ error: CredentialError?, _ name: String, _ fault: Fault,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let error = try #require(error, sourceLocation: sourceLocation)
        #expect(error.code == .unavailable, sourceLocation: sourceLocation)
        #expect(error.description.contains(name), "\(error)", sourceLocation: sourceLocation)
        #expect(!error.description.contains("CANARY"), sourceLocation: sourceLocation)
        #expect(error.description.utf8.count < 300, sourceLocation: sourceLocation)
        let cause =
            switch fault {
            case .silent, .drip: "time limit"
            case .noAnswer, .notHTTP, .cutOff: "connection broke"
            case .notJSON, .deep: "answered with something"
            case .endlessHead: "did not answer"
            case .fiveMegabytes, .noLength: "too large"
            case .redirect: "302"
            }
        #expect(error.description.contains(cause), "\(error)", sourceLocation: sourceLocation)
    }

    @Test("a container's agent", arguments: Fault.allCases)
    func container(fault: Fault) async throws {
        let server = try AgentServer { _ in fault.reply }
        defer { server.stop() }
        try check(await container(server).failure(), "container's agent", fault)
        #expect(server.requests.allSatisfy { $0.path == "/credentials" })
    }

    @Test("a metadata service, from the first request on", arguments: Fault.allCases)
    func instance(fault: Fault) async throws {
        let server = try AgentServer { _ in fault.reply }
        defer { server.stop() }
        try check(await instance(server).failure(), "EC2's metadata service", fault)
    }

    @Test("a metadata service that gives a token and a role", arguments: Fault.allCases)
    func late(fault: Fault) async throws {
        let server = try AgentServer { request in
            if request.method == "PUT" { return .answer(body: "CANARY-session") }
            return request.path.hasSuffix("/") ? .answer(body: "my-role") : fault.reply
        }
        defer { server.stop() }
        try check(await instance(server).failure(), "EC2's metadata service", fault)
    }

    @Test("a hop limit of 1: the token never arrives, version 1 answers or wants one")
    func hopLimit() async throws {
        let open = try AgentServer { request in
            if request.method == "PUT" { return .silence }
            return .answer(
                body: request.path.hasSuffix("/")
                    ? "r" : #"{"AccessKeyId":"AKID","SecretAccessKey":"s"}"#)
        }
        defer { open.stop() }
        #expect(try await instance(open).credentials().accessKeyID == "AKID")
        let strict = try AgentServer { $0.method == "PUT" ? .silence : .answer(401) }
        defer { strict.stop() }
        let error = try #require(await instance(strict).failure())
        #expect(error.description.contains("HttpPutResponseHopLimit"))
    }

    @Test("what works: an agent that wants the token, and a metadata service")
    func good() async throws {
        let agent = try AgentServer { request in
            request.head.lowercased().contains("\r\nauthorization: canary-token\r\n")
                ? .answer(body: #"{"AccessKeyId":"AKID","SecretAccessKey":"s"}"#) : .answer(401)
        }
        defer { agent.stop() }
        #expect(try await container(agent).credentials().accessKeyID == "AKID")
    }

    @Test("64 KB are taken and not a byte more", arguments: [65_536, 65_537])
    func largest(size: Int) async throws {
        let keys = #"{"AccessKeyId":"AKID","SecretAccessKey":"s"}"#
        let body = keys + String(repeating: " ", count: size - keys.utf8.count)
        let server = try AgentServer { _ in .answer(body: body) }
        defer { server.stop() }
        let error = await container(server).failure()
        #expect((error == nil) == (size == 65_536), "\(error?.description ?? "taken")")
    }

    @Test("nobody listens")
    func closed() async throws {
        let server = try AgentServer { _ in .silence }
        let (agent, service) = (container(server), instance(server))
        server.stop()
        // The port is closed by the server's own thread, a moment later.
        while await agent.failure()?.description.contains("no connection") == false {}
        #expect(await service.failure()?.code == .unavailable)
        #expect(await service.failure()?.description.contains("no connection") == true)
    }

    @Test("cancelling ends the wait for an answer, and no other attempt is made")
    func cancelled() async throws {
        let server = try AgentServer { _ in .silence }
        defer { server.stop() }
        let providers: [any CredentialProvider] = [container(server), instance(server)]
        for (index, provider) in providers.enumerated() {
            let task = Task { await provider.failure() }
            while server.requests.count <= index { try await Task.sleep(for: .milliseconds(1)) }
            task.cancel()
            let error = await task.value
            #expect(error?.code == .unavailable)
            #expect(error?.description.contains("cancelled") == true)
            #expect(server.requests.count == index + 1)
        }
    }

    @Test("cancelling ends the pause between attempts")
    func cancelledPause() async throws {
        let server = try AgentServer { _ in .answer(503) }
        defer { server.stop() }
        var context = context(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url])
        context.sleep = { _ in try await EventLoop.shared.sleep(for: .seconds(3600)) }
        let provider = ContainerCredentials(context: context)
        let task = Task { await provider.failure() }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        #expect(await task.value?.description.contains("cancelled") == true)
        #expect(server.requests.count == 1)
    }
}
