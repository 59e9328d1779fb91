import Penstock
import PenstockIO
import Testing

@testable import PenstockAWS

/// Roles and single sign-on, against servers that misbehave in real sockets.
///
/// Every case has to end by itself, with an error that names provider and cause and no secret.
@Suite("STS and single sign-on that misbehave", .timeLimit(.minutes(3)))
struct BadSTSTests {
    private static let token = """
        {"accessToken": "CANARY-access", "expiresAt": "2199-01-01T00:00:00Z"}
        """

    private func context(_ server: AgentServer) -> AWSContext {
        let environment = AWSEnvironment(
            variables: ["AWS_ENDPOINT_URL": server.url, "AWS_REGION": "eu-west-1", "HOME": "/h"]
        ) { path in
            if path.hasSuffix(".json") { return Array(Self.token.utf8) }
            return path == "/token" ? Array("CANARY-identity".utf8) : nil
        }
        var context = AWSContext(environment: environment)
        context.sleep = { _ in try Task.checkCancellation() }
        return context
    }

    /// Short where the limit has to pass, long where a busy machine must not pass it.
    private func limit(_ fault: BadServerTests.Fault?) -> Duration {
        fault == .silent || fault == .drip ? .milliseconds(300) : .seconds(60)
    }

    private func role(
        _ server: AgentServer, _ fault: BadServerTests.Fault? = nil
    ) -> AssumeRole {
        var sts = STSClient(context(server))
        sts.caller.attemptTimeout = limit(fault)
        return AssumeRole(
            RoleSettings(arn: "arn:role", externalID: "CANARY-external"), sts: sts,
            source: Credentials(
                accessKeyID: "K", secretAccessKey: "CANARY-secret", sessionToken: "CANARY-token"))
    }

    private func webIdentity(
        _ server: AgentServer, _ fault: BadServerTests.Fault? = nil
    ) -> WebIdentityCredentials {
        var sts = STSClient(context(server))
        sts.caller.attemptTimeout = limit(fault)
        let role = RoleSettings(arn: "arn:role")
        return WebIdentityCredentials(
            WebIdentitySettings(role: role, tokenFile: "/token"), sts: sts)
    }

    private func singleSignOn(
        _ server: AgentServer, _ fault: BadServerTests.Fault? = nil
    ) -> SSOCredentials {
        let settings = SSOSettings(
            startURL: "https://start", region: "eu-west-1", accountID: "123456789012",
            roleName: "admin", session: "dev", profile: "work")
        return SSOCredentials(
            settings, endpointsOf: nil, context: context(server),
            attemptTimeout: limit(fault))
    }

    @Test("every fault", arguments: BadServerTests.Fault.allCases)
    func fault(_ fault: BadServerTests.Fault) async throws {
        let server = try AgentServer { _ in fault.reply }
        defer { server.stop() }
        let providers: [(String, any CredentialProvider)] = [
            ("STS", role(server, fault)), ("STS", webIdentity(server, fault)),
            ("Single sign-on", singleSignOn(server, fault)),
        ]
        for (name, provider) in providers {
            let error = try #require(await provider.failure())
            // Whoever answers with another status has answered.
            #expect(error.code == (fault == .redirect ? .refused : .unavailable), "\(error)")
            #expect(error.description.hasPrefix(name), "\(error)")
            #expect(error.description.contains(cause(of: fault)), "\(error)")
            #expect(!error.description.contains("CANARY"), "\(error)")
            #expect(error.description.utf8.count < 400)
        }
    }

    private func cause(of fault: BadServerTests.Fault) -> String {
        switch fault {
        case .silent, .drip: "the time limit passed"
        case .noAnswer, .notHTTP, .cutOff: "the connection broke"
        case .notJSON, .deep: "makes no sense"
        case .fiveMegabytes, .noLength: "makes no sense: it is too large"
        // libcurl has a limit of its own for heads, and the system's buffers decide what it meets.
        case .endlessHead: "gave no"
        case .redirect: "status 302"
        }
    }

    @Test("cancelling ends the wait for an answer, and no other attempt is made")
    func cancelled() async throws {
        let server = try AgentServer { _ in .silence }
        defer { server.stop() }
        let sts = STSClient(context(server))
        let role = AssumeRole(
            RoleSettings(arn: "r"), sts: sts,
            source: Credentials(accessKeyID: "K", secretAccessKey: "s"))
        let task = Task { await role.failure() }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        let error = await task.value
        #expect(error?.code == .unavailable && error?.description.contains("cancelled") == true)
        #expect(server.requests.count == 1)
    }

    @Test("cancelling ends the pause between two attempts")
    func cancelledPause() async throws {
        let server = try AgentServer { _ in .answer(503) }
        defer { server.stop() }
        var context = context(server)
        context.sleep = { _ in try await EventLoop.shared.sleep(for: .seconds(3600)) }
        let role = AssumeRole(
            RoleSettings(arn: "r"), sts: STSClient(context),
            source: Credentials(accessKeyID: "K", secretAccessKey: "s"))
        let task = Task { await role.failure() }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        #expect(await task.value?.description.contains("cancelled") == true)
        #expect(server.requests.count == 1)
    }

    @Test("what works, over a real connection")
    func good() async throws {
        let server = try AgentServer { request in
            let isSigned = request.head.lowercased().contains("\r\nauthorization: aws4-hmac-sha256")
            let action = isSigned ? "AssumeRole" : "AssumeRoleWithWebIdentity"
            let answer = STSAnswers.credentials(action)
            return request.path == "/"
                ? .answer(body: String(decoding: answer.body, as: UTF8.self))
                : .answer(
                    body: """
                        {"roleCredentials": {"accessKeyId": "ASIAROLE", "secretAccessKey": "s",
                        "sessionToken": "t", "expiration": 4102444800000}}
                        """)
        }
        defer { server.stop() }
        #expect(try await role(server).credentials().accessKeyID == "ASIAROLE")
        #expect(try await webIdentity(server).credentials().accessKeyID == "ASIAROLE")
        #expect(try await singleSignOn(server).credentials().accessKeyID == "ASIAROLE")
    }
}
