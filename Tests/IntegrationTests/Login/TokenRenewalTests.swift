import Glibc
import Penstock
import PenstockDynamoDB
import PenstockKafka
import PenstockRuntime
import PenstockTesting
import Synchronization
import TestServers
import Testing

/// Tokens that end while a sink works; the broker ends connections whose token has ended.
@Suite(.needsSecuredKafka) struct TokenRenewalTests {
    private static let access = KafkaAccess(
        listener: .login, login: .identityProvider)

    /// Runs a sink that logs in by an identity provider's tokens.
    private static func run(
        _ behaviour: IdentityProvider.Behaviour,
        _ body: (SinkScenario, IdentityProvider, ConnectorRunner, LogRecorder) async throws -> Void
    ) async throws {
        let identity = try IdentityProvider(behaviour)
        defer { identity.stop() }
        try await SinkScenario.run { scenario in
            var settings = try await access.settings(
                ClientStores(folder: scenario.folder), tokenEndpoint: identity.endpoint)
            // Connections end with their tokens, every few seconds: the group must outlive them.
            settings["session.timeout.ms"] = "45000"
            let log = LogRecorder()
            let files = scenario.connectFiles(settings, address: access.listener.address)
            let runner = try scenario.runner(files, log: Log(log))
            try await scenario.kafka.create(scenario.name)
            try await body(scenario, identity, runner, log)
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `under load nothing is lost, also while the provider is away for longer than a token`()
        async throws
    {
        try await Self.run(.tokens(seconds: 4)) { scenario, identity, runner, log in
            try await runner.run {
                for portion in 0..<60 {
                    // Away from the fifth second to the eleventh: a token of 4 s ends meanwhile.
                    if portion == 25 { identity.change(to: .answer(status: 503, body: "{}")) }
                    if portion == 55 { identity.change(to: .tokens(seconds: 4)) }
                    try await scenario.kafka.send(Self.records(portion), to: scenario.name)
                    try await Task.sleep(for: .milliseconds(200))
                }
                let isDone = try await eventually(atMost: .seconds(80)) {
                    try await scenario.committed() == [3000]
                }
                #expect(isDone, "\(log.lines)")
            }
            #expect(scenario.table.count == 3000)
            #expect(identity.requestCount >= 5)
            let messages = log.lines.map(\.message)
            for message in ["No new token for Kafka", "There are tokens for Kafka again"] {
                #expect(messages.count { $0.hasPrefix(message) } == 1, "\(log.lines)")
            }
            #expect(log.lines.filter { $0.level >= .error }.map(\.data) == [])
        }
    }

    private static func records(_ portion: Int) -> [Kafka.Message] {
        (0..<50).map { Kafka.Message(#"{"n":\#(portion * 50 + $0)}"#) }
    }

    @Test(.timeLimit(.minutes(2)))
    func `refused for good, the connector ends when the last token has, and says why`()
        async throws
    {
        try await Self.run(.tokens(seconds: 3)) { scenario, identity, runner, log in
            try await scenario.kafka.send(Self.records(0), to: scenario.name)
            let work = Task { try await runner.run() }
            let hasBegun = try await eventually { scenario.table.count == 50 }
            #expect(hasBegun, "\(log.lines)")
            identity.change(to: .answer(status: 401, body: #"{"error":"invalid_client"}"#))
            let error = await #expect(throws: TokenError.self) { try await work.value }
            let place = identity.endpoint.split(separator: "/")[1]
            let description = error?.description ?? ""
            for part in [String(place), "401", "invalid_client", "check client id"] {
                #expect(description.contains(part), "\(description)")
            }
            #expect(!description.contains("client-secret"))
            #expect(try await scenario.committed() == [50])
            #expect(log.lines.contains { $0.message == "There are no tokens for Kafka" })
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `a provider that is away from the start is waited for`() async throws {
        try await Self.run(.answer(status: 503, body: "{}")) { scenario, identity, runner, log in
            try await scenario.kafka.send(Self.records(0), to: scenario.name)
            try await runner.run {
                let isTold = try await eventually {
                    log.lines.contains {
                        $0.message.hasPrefix("No new token for Kafka")
                            && $0.data["error"]?.contains("HTTP 503") == true
                    }
                }
                #expect(isTold, "\(log.lines)")
                try await Task.sleep(for: .seconds(3))
                identity.change(to: .tokens(seconds: 60))
                let isDone = try await eventually(atMost: .seconds(60)) {
                    try await scenario.committed() == [50]
                }
                #expect(isDone, "\(log.lines)")
            }
            #expect(log.lines.filter { $0.level >= .error }.map(\.data) == [])
        }
    }

    /// Tokens that end earlier than they say: the broker finds them ended.
    private struct EndedTokens: TokenProvider {
        func token() async throws(TokenError) -> OAuthToken {
            let good = try await OwnTokens().token()
            return OAuthToken(
                value: IdentityProvider.token(seconds: -60), principal: good.principal,
                issued: good.issued, expiration: good.expiration)
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `a token that the broker refuses ends the connector with what to check`() async throws {
        let access = KafkaAccess(listener: .loginOverTLS, login: .program, trust: .jks)
        try await SinkScenario.run { scenario in
            let settings = try await access.settings(ClientStores(folder: scenario.folder))
            let files = scenario.connectFiles(settings, address: access.listener.address)
            let runner = try scenario.runner(files, tokens: EndedTokens())
            let error = await #expect(throws: KafkaError.self) { try await runner.run() }
            #expect(error?.code == .authentication)
            for part in [access.listener.address, "OAUTHBEARER", "check audience"] {
                #expect(error?.description.contains(part) == true, "\(error as Any)")
            }
        }
    }
}
