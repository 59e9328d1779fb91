import Penstock
import PenstockIO
import TestServers
import Testing

@testable import PenstockKafka

@Suite struct `Tokens of an identity provider` {
    private func tokens(
        of provider: IdentityProvider, secret: String = "canary-secret", encodes: Bool = false,
        timeout: Duration = .seconds(20)
    ) -> ClientCredentialsTokens {
        var settings = ClientCredentialsTokens.Settings(
            endpoint: provider.endpoint, clientID: "me", clientSecret: Secret(secret))
        settings.scope = "kafka read"
        settings.encodesHeader = encodes
        settings.timeout = timeout
        settings.extensions = ["tenant": "t1"]
        return ClientCredentialsTokens(settings, http: HTTPClient())
    }

    @Test func `come by the grant of client credentials`() async throws {
        let provider = try IdentityProvider(.tokens(seconds: 60))
        defer { provider.stop() }
        let token = try await tokens(of: provider, secret: "s:1").token()
        #expect(token.principal == "penstock")
        #expect(token.extensions == ["tenant": "t1"])
        let life = token.expiration.milliseconds - token.issued.milliseconds
        #expect((58_000...60_000).contains(life))
        let request = try #require(provider.lastRequest)
        #expect(request.form == "grant_type=client_credentials&scope=kafka%20read")
        #expect(request.head.hasPrefix("POST /token "))
        // me:s:1
        #expect(request.head.contains("Authorization: Basic bWU6czox"))
    }

    @Test func `may want name and secret encoded`() async throws {
        let provider = try IdentityProvider()
        defer { provider.stop() }
        _ = try await tokens(of: provider, secret: "s:1", encodes: true).token()
        // me:s%3A1
        #expect(provider.lastRequest?.head.contains("Authorization: Basic bWU6cyUzQTE=") == true)
    }

    @Test(arguments: [
        (
            IdentityProvider.Behaviour.answer(status: 401, body: #"{"error":"invalid_client"}"#),
            TokenError.Code.refused, "invalid_client"
        ),
        (.answer(status: 400, body: #"{"error":"canary<script>"}"#), .refused, "other"),
        (.answer(status: 403, body: "canary"), .refused, "403"),
        (.answer(status: 503, body: "canary"), .unavailable, "503"),
        (.answer(status: 429, body: ""), .unavailable, "429"),
        (.answer(status: 302, body: ""), .refused, "302"),
        (.answer(status: 200, body: "canary"), .unavailable, "without JSON"),
        (
            .answer(
                status: 200,
                body: #"{"access_token":"canary","expires_in":-99999999999999999}"#),
            .malformed, "ended already"
        ),
        (.answer(status: 200, body: #"{"access_token":7}"#), .malformed, "without a token"),
        (
            .answer(status: 200, body: #"{"access_token":"canary"}"#), .malformed, "when it ends"
        ),
        (
            .answer(status: 200, body: #"{"access_token":"canary","expires_in":0}"#), .malformed,
            "ended already"
        ),
        (.cut, .unavailable, "127.0.0.1"), (.silence, .unavailable, "127.0.0.1"),
    ])
    func `that do not come are told apart, without a secret`(
        behaviour: IdentityProvider.Behaviour, code: TokenError.Code, part: String
    ) async throws {
        let provider = try IdentityProvider(behaviour)
        defer { provider.stop() }
        let error = await #expect(throws: TokenError.self) {
            try await tokens(of: provider, timeout: .seconds(2)).token()
        }
        #expect(error?.code == code)
        #expect(error?.description.contains(part) == true, "\(String(describing: error))")
        #expect(!"\(String(describing: error))".contains("canary"))
    }

    @Test func `that are too long are refused`() async throws {
        let body = #"{"access_token":""# + String(repeating: "a", count: 100_000) + #""}"#
        let provider = try IdentityProvider(.answer(status: 200, body: body))
        defer { provider.stop() }
        var http = HTTPClientConfiguration()
        http.maximumResponseBytes = 64 << 10
        let settings = ClientCredentialsTokens.Settings(
            endpoint: provider.endpoint, clientID: "me", clientSecret: Secret("s"))
        await #expect(throws: TokenError.self) {
            try await ClientCredentialsTokens(
                settings, http: HTTPClient(configuration: http)
            ).token()
        }
    }

    @Test func `go over plain HTTP to loopback only`() async throws {
        let settings = ClientCredentialsTokens.Settings(
            endpoint: "http://id.example.com/token", clientID: "me", clientSecret: Secret("s"))
        let error = await #expect(throws: TokenError.self) {
            try await ClientCredentialsTokens(settings, http: HTTPClient()).token()
        }
        #expect(error?.code == .configuration)
    }

    @Test(arguments: [("3600.0", 3_600_000), ("\"60\"", 60_000), ("9e18", 31_536_000_000)])
    func `may say their life in any number`(text: String, life: Int64) async throws {
        let provider = try IdentityProvider(
            .answer(status: 200, body: #"{"access_token":"opaque","expires_in":\#(text)}"#))
        defer { provider.stop() }
        let token = try await tokens(of: provider).token()
        #expect(token.expiration.milliseconds - token.issued.milliseconds == life)
    }

    @Test func `may be opaque`() async throws {
        let provider = try IdentityProvider(
            .answer(status: 200, body: #"{"access_token":"opaque","expires_in":"120"}"#))
        defer { provider.stop() }
        let token = try await tokens(of: provider).token()
        #expect(token.value == "opaque")
        #expect(token.principal == "me")
        #expect(token.expiration.milliseconds - token.issued.milliseconds == 120_000)
    }
}
