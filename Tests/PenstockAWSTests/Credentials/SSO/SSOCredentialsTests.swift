import Penstock
import PenstockIO
import Synchronization
import Testing

@testable import PenstockAWS

@Suite("Single sign-on")
struct SSOCredentialsTests {
    /// One token's file, and what is written there.
    private final class Files: Sendable {
        let path: String
        let contents: Mutex<String?>
        let isReadOnly: Bool

        init(_ contents: String?, key: String = "dev", isReadOnly: Bool = false) {
            path = "/h/.aws/sso/cache/\(SHA1.hexadecimal(key) ?? "").json"
            self.contents = Mutex(contents)
            self.isReadOnly = isReadOnly
        }

        var environment: AWSEnvironment {
            var environment = AWSEnvironment(variables: ["HOME": "/h"]) { path in
                path == self.path ? self.contents.withLock { $0.map { Array($0.utf8) } } : nil
            }
            environment.writeFile = { path, bytes in
                if self.isReadOnly || path != self.path { throw SystemError(30) }
                self.contents.withLock { $0 = String(decoding: bytes, as: UTF8.self) }
            }
            return environment
        }
    }

    /// The time of the scripted context is 2023-11-14T22:13:20Z.
    private func token(
        _ token: String = "CANARY-old", until end: String,
        registration: String? = "2024-01-01T00:00:00Z"
    ) -> String {
        let client =
            registration.map {
                #", "refreshToken": "CANARY-r1", "clientId": "id", "clientSecret": "CANARY-c", "#
                    + "\"registrationExpiresAt\": \"\($0)\""
            } ?? ""
        return """
            {"startUrl": "https://start", "x": {"kept": [1, "\\u00fc\\n"]}, "accessToken": "\(token)", \
            "expiresAt": "\(end)"\(client)}
            """
    }

    private func provider(
        _ sending: ScriptedSending, _ files: Files, session: String? = "dev",
        account: String? = "123456789012"
    ) -> SSOCredentials {
        let settings = SSOSettings(
            startURL: "https://start", region: "eu-west-1", accountID: account,
            roleName: "Ad min", session: session, profile: "work")
        return SSOCredentials(
            settings, endpointsOf: nil, context: sending.context(files.environment))
    }

    private static let role = HTTPResponse.text(
        """
        {"roleCredentials": {"accessKeyId": "ASIA", "secretAccessKey": "s", "sessionToken": "t",
        "expiration": 1800000000000}}
        """)

    /// Renews tokens and gives credentials.
    private static let aws = ScriptedSending.Answer { request, _ in
        guard request.url.hasSuffix("/token") else { return role }
        return .text(
            #"{"accessToken": "CANARY-new", "expiresIn": 28800, "refreshToken": "CANARY-r2"}"#)
    }

    private func error(
        _ provider: SSOCredentials, _ code: CredentialError.Code, containing text: String
    ) async throws {
        let error = try #require(await provider.failure())
        #expect(error.code == code, "\(error)")
        #expect(error.description.contains(text), "\(error)")
        #expect(!error.description.contains("CANARY"), "\(error)")
    }

    private let loginAgain = "aws sso login --profile work"

    @Test("a token that is good is used as it is")
    func good() async throws {
        let sending = ScriptedSending(Self.aws.body)
        let files = Files(token(until: "2023-11-14T22:28:21Z"))
        let credentials = try await provider(sending, files).credentials()
        #expect(
            credentials
                == Credentials(
                    accessKeyID: "ASIA", secretAccessKey: "s", sessionToken: "t",
                    expiration: Timestamp(milliseconds: 1_800_000_000_000),
                    accountID: "123456789012"))
        #expect(sending.requests.count == 1)
        let request = try #require(sending.requests.first)
        #expect(
            request.url == "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials"
                + "?role_name=Ad%20min&account_id=123456789012")
        #expect(request.headers["x-amz-sso_bearer_token"] == "CANARY-old")
        #expect(request.headers["authorization"] == nil)
    }

    @Test(
        "a token that ends within 15 minutes, or has ended, is renewed, and its file with it",
        arguments: ["2023-11-14T22:28:19Z", "2020-01-01T00:00:00UTC"])
    func renewed(end: String) async throws {
        let sending = ScriptedSending(Self.aws.body)
        let files = Files(token(until: end))
        _ = try await provider(sending, files).credentials()
        let request = try #require(sending.requests.first)
        #expect(request.url == "https://oidc.eu-west-1.amazonaws.com/token")
        #expect(request.method == "POST" && request.headers["content-type"] == "application/json")
        let body = try Value(json: request.body)
        #expect(body["grantType"]?.string == "refresh_token" && body["clientId"]?.string == "id")
        #expect(body["clientSecret"]?.string == "CANARY-c")
        #expect(body["refreshToken"]?.string == "CANARY-r1" && body.count == 4)
        #expect(sending.requests.last?.headers["x-amz-sso_bearer_token"] == "CANARY-new")
        let file = try Value(json: try #require(files.contents.withLock { $0 }).utf8)
        #expect(file["accessToken"]?.string == "CANARY-new")
        #expect(file["expiresAt"]?.string == "2023-11-15T06:13:20Z")
        #expect(file["refreshToken"]?.string == "CANARY-r2" && file["clientId"]?.string == "id")
        #expect(file["x"]?["kept"]?[1].string == "ü\n" && file.count == 8)
        #expect(file["registrationExpiresAt"]?.string == "2024-01-01T00:00:00Z")
    }

    @Test(
        "a renewed token is used even where its file cannot be written, until a newer one is there")
    func memory() async throws {
        let sending = ScriptedSending(Self.aws.body)
        let files = Files(token(until: "2023-11-14T22:20:00Z"), isReadOnly: true)
        let provider = provider(sending, files)
        _ = try await provider.credentials()
        _ = try await provider.credentials()
        #expect(sending.requests.count { $0.url.hasSuffix("/token") } == 1)
        files.contents.withLock { $0 = token("CANARY-login", until: "2023-11-16T00:00:00Z") }
        _ = try await provider.credentials()
        #expect(sending.requests.last?.headers["x-amz-sso_bearer_token"] == "CANARY-login")
    }

    @Test("a token that cannot be renewed is used to its end, and then a person has to sign on")
    func cannotRenew() async throws {
        for (session, registration) in [
            (nil, "2024-01-01T00:00:00Z"), ("dev", nil), ("dev", "2023-01-01T00:00:00Z"),
        ] as [(String?, String?)] {
            let key = session ?? "https://start"
            let sending = ScriptedSending(Self.aws.body)
            let soon = Files(
                token(until: "2023-11-14T22:14:00Z", registration: registration), key: key)
            _ = try await provider(sending, soon, session: session).credentials()
            #expect(sending.requests.count == 1)
            let ended = Files(
                token(until: "2023-11-14T22:13:20Z", registration: registration), key: key)
            try await error(
                provider(sending, ended, session: session), .unavailable, containing: loginAgain)
            #expect(sending.requests.count == 1)
        }
    }

    static let failures: [HTTPResponse] = [
        HTTPResponse(status: 500), .text("CANARY"), .text("{}"),
        .text(#"{"accessToken": "a", "expiresIn": -1}"#),
        HTTPResponse(status: 400, body: Array(#"{"error": "invalid_grant"}"#.utf8)),
    ]

    @Test("where renewing fails the old token serves to its end", arguments: failures.indices)
    func renewalFails(index: Int) async throws {
        let sending = ScriptedSending { request, _ in
            request.url.hasSuffix("/token") ? Self.failures[index] : Self.role
        }
        let soon = Files(token(until: "2023-11-14T22:14:00Z"))
        _ = try await provider(sending, soon).credentials()
        #expect(sending.requests.last?.headers["x-amz-sso_bearer_token"] == "CANARY-old")
        let ended = Files(token(until: "2023-11-14T22:13:00Z"))
        try await error(
            provider(sending, ended), .unavailable, containing: index == 0 ? "500" : loginAgain)
        #expect(ended.contents.withLock { $0?.contains("CANARY-old") } == true)
    }

    @Test(
        "a file that is not there, or holds no token",
        arguments: [
            nil, "", "CANARY", "{}", #"{"accessToken": "CANARY"}"#,
            #"{"accessToken": "CANARY", "expiresAt": "soon"}"#,
            #"{"accessToken": "CANARY\r\nX: y", "expiresAt": "2199-01-01T00:00:00Z"}"#,
        ])
    func noToken(contents: String?) async throws {
        let sending = ScriptedSending(Self.aws.body)
        try await error(
            provider(sending, Files(contents)), .incomplete, containing: loginAgain)
        #expect(sending.requests.isEmpty)
    }

    @Test("what a person has to type in")
    func commands() {
        var settings = SSOSettings(startURL: "u", region: "r", session: "dev", profile: "work")
        #expect(settings.loginCommand == loginAgain && settings.cacheKey == "dev")
        settings.profile = nil
        #expect(settings.loginCommand == "aws sso login --sso-session dev")
        settings.session = nil
        #expect(settings.loginCommand == "aws sso login" && settings.cacheKey == "u")
    }

    @Test("without account and role there are no credentials")
    func tokenOnly() async throws {
        let sending = ScriptedSending(Self.aws.body)
        try await error(
            provider(sending, Files(nil), account: nil), .incomplete, containing: "sso_account_id")
    }

    @Test("refusals: a token that ended early, a role that is not given, throttling")
    func refusals() async throws {
        let files = Files(token(until: "2199-01-01T00:00:00Z"))
        func answering(_ status: Int, _ code: String) -> ScriptedSending {
            ScriptedSending { request, _ in
                let token = request.headers["x-amz-sso_bearer_token"] ?? ""
                return HTTPResponse(
                    status: status,
                    headers: [HTTPHeader("x-amzn-ErrorType", "\(code):http://x/")],
                    body: Array(#"{"message": "not for \#(token)"}"#.utf8))
            }
        }
        let ended = answering(401, "UnauthorizedException")
        try await error(provider(ended, files), .unavailable, containing: loginAgain)
        let forbidden = answering(403, "ForbiddenException")
        try await error(
            provider(forbidden, files), .refused,
            containing: "ForbiddenException, status 403: not for [hidden]")
        #expect(forbidden.requests.count == 1)
        let busy = answering(429, "TooManyRequestsException")
        try await error(provider(busy, files), .unavailable, containing: "TooManyRequests")
        #expect(busy.requests.count == 3)
    }

    @Test("the names of files are those of AWS's tools")
    func names() {
        #expect(SHA1.hexadecimal("dev") == "34c6fceca75e456f25e7e99531e2425c6c1de443")
        #expect(
            SHA1.hexadecimal("https://ssotest.awsapps.com/start")
                == "dace00cba5f8355ec9d274ceb2bcebdfbeed0e12")
    }
}

extension ScriptedSending {
    /// An answer that several tests give.
    fileprivate struct Answer: Sendable {
        let body: @Sendable (HTTPRequest, Int) throws(HTTPError) -> HTTPResponse
    }
}
