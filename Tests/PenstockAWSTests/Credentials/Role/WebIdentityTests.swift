import PenstockIO
import Synchronization
import Testing

@testable import PenstockAWS

@Suite("Web identities")
struct WebIdentityTests {
    private let variables = [
        "AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn:role",
        "AWS_ROLE_SESSION_NAME": "pod", "AWS_REGION": "eu-west-1",
    ]

    private func sending(
        _ answer: HTTPResponse = STSAnswers.credentials("AssumeRoleWithWebIdentity")
    ) -> ScriptedSending { ScriptedSending { _, _ in answer } }

    private func provider(
        _ sending: ScriptedSending, without missing: String? = nil,
        token: @escaping @Sendable () throws -> [UInt8]? = { Array("CANARY.token".utf8) }
    ) -> WebIdentityCredentials {
        var variables = variables
        if let missing { variables[missing] = nil }
        return WebIdentityCredentials(
            context: sending.context(
                AWSEnvironment(variables: variables) { $0 == "/token" ? try token() : nil }))
    }

    @Test("the request holds the token and no signature; the file is read at each call")
    func request() async throws {
        let count = Mutex(0)
        let sending = sending()
        let provider = provider(sending) {
            count.withLock { count in
                count += 1
                return Array("CANARY.\(count)\r\n".utf8)
            }
        }
        let credentials = try await provider.credentials()
        #expect(credentials.accessKeyID == "ASIAROLE" && credentials.accountID == "123456789012")
        _ = try await provider.credentials()
        let request = try #require(sending.requests.first)
        #expect(request.headers["authorization"] == nil)
        #expect(
            request.form == [
                "Action": "AssumeRoleWithWebIdentity", "Version": "2011-06-15",
                "RoleArn": "arn:role", "RoleSessionName": "pod", "WebIdentityToken": "CANARY.1",
            ])
        #expect(sending.requests.last?.form["WebIdentityToken"] == "CANARY.2")
    }

    @Test("variables that are missing")
    func missing() async throws {
        let none = provider(sending(), without: "AWS_WEB_IDENTITY_TOKEN_FILE")
        #expect(await none.failure()?.code == .notConfigured)
        let role = provider(sending(), without: "AWS_ROLE_ARN")
        let error = try #require(await role.failure())
        #expect(error.code == .incomplete && error.description.contains("AWS_ROLE_ARN"))
        let region = provider(sending(), without: "AWS_REGION")
        #expect(await region.failure()?.code == .incomplete)
        let session = sending()
        _ = try await provider(session, without: "AWS_ROLE_SESSION_NAME").credentials()
        #expect(session.requests.first?.form["RoleSessionName"] == "penstock-1700000000")
    }

    static let badTokens: [[UInt8]?] = [
        nil, [], Array("\n".utf8), Array("CANARY\r\nX: y".utf8), Array("CANARY token".utf8),
        [0x43, 0x41, 0x4E, 0x41, 0x52, 0x59, 0], [0xFF, 0xFE],
        [UInt8](repeating: 0x41, count: (64 << 10) + 1),
    ]

    @Test("a file that holds no token is not sent", arguments: badTokens.indices)
    func badToken(index: Int) async throws {
        let sending = sending()
        let error = try #require(await provider(sending) { Self.badTokens[index] }.failure())
        #expect(error.code == .unreadable && error.description.contains("/token"))
        #expect(!error.description.contains("CANARY") && sending.requests.isEmpty)
    }

    @Test("a file that cannot be read")
    func unreadable() async throws {
        let provider = provider(sending()) { throw SystemError(13) }
        #expect(await provider.failure()?.code == .unreadable)
    }

    @Test("an identity that STS does not know yet is tried again, and refused in the end")
    func refused() async throws {
        let sending = sending(
            STSAnswers.error("InvalidIdentityToken", "bad token CANARY.token", status: 400))
        let error = try #require(await provider(sending).failure())
        #expect(error.code == .refused && sending.requests.count == 3)
        #expect(error.description.contains("bad token [hidden]"))
        let denied = self.sending(STSAnswers.error("AccessDenied"))
        #expect(await provider(denied).failure()?.code == .refused)
        #expect(denied.requests.count == 1)
    }
}
