import Penstock
import PenstockAWS
import PenstockIO
import Synchronization
import TestServers
import Testing

@testable import PenstockKafka

/// Logs in to a real broker, with settings as Java's clients have them.
@Suite(.enabled(if: LoginBroker.isThere, LoginBroker.isMissing), .timeLimit(.minutes(2)))
struct `Logging in` {
    private static let modules = "org.apache.kafka.common.security"

    private static func password(_ mechanism: String, _ password: String) -> [String: String] {
        let module = mechanism == "PLAIN" ? "plain.PlainLoginModule" : "scram.ScramLoginModule"
        return [
            "sasl.mechanism": mechanism,
            "sasl.jaas.config": "\(modules).\(module) required "
                + #"username="\#(LoginBroker.user)" password="\#(password)";"#,
        ]
    }

    /// Lists the topics, as any client could; throws what the client reports first.
    private func names(
        _ settings: [String: String], encrypted: Bool, on bench: Bench,
        tokens: (any TokenProvider)? = nil
    ) async throws -> [String] {
        var source = ClientSettingSource(
            connector: bench.name,
            worker: LoginBroker.settings(encrypted: encrypted).merging(settings) { $1 })
        source.suppliesTokens = tokens != nil
        var translated = source.translated(for: .admin)
        let errors = translated.findings.filter { $0.level == .error }
        #expect(errors == [])
        let provider = try translated.tokenSource?.makeProvider(
            AWSEnvironment(variables: [:]), supplied: tokens)
        let feed = provider.map { TokenFeed($0, log: .disabled) }
        translated.tokens = feed
        let renewal = Task { try await feed?.run() }
        defer { renewal.cancel() }
        let admin = try KafkaAdmin(
            settings: translated, loop: bench.loop, blocking: bench.blocking, log: .disabled)
        var answer: Result<[TopicDescription], KafkaError> = .success([])
        // A topic that was made a moment ago may be missing from the first list.
        for _ in 0..<50 {
            do throws(KafkaError) {
                answer = .success(try await admin.listTopics(timeout: .seconds(20)))
            } catch { answer = .failure(error) }
            guard case .success(let topics) = answer,
                !topics.contains(where: { $0.name == bench.name })
            else { break }
            try await bench.loop.sleep(for: .milliseconds(100))
        }
        await admin.close()
        return try answer.get().map(\.name)
    }

    private func topic(on bench: Bench) async throws -> String {
        let topic = bench.name
        try await bench.createTopic(topic, partitions: 1)
        return topic
    }

    @Test(arguments: [true, false])
    func `by PLAIN`(encrypted: Bool) async throws {
        try await Bench.run(on: .real) { bench in
            let topic = try await topic(on: bench)
            let names = try await names(
                Self.password("PLAIN", LoginBroker.password), encrypted: encrypted, on: bench)
            #expect(names.contains(topic))
        }
    }

    @Test(
        .enabled(
            if: LoginBroker.hasWholeSCRAM,
            "this librdkafka cannot log in by SCRAM to a broker of Kafka 3.8.1 or later"),
        arguments: ["SCRAM-SHA-256", "SCRAM-SHA-512"], [true, false])
    func `by SCRAM`(mechanism: String, encrypted: Bool) async throws {
        try await Bench.run(on: .real) { bench in
            let topic = try await topic(on: bench)
            let names = try await names(
                Self.password(mechanism, LoginBroker.password), encrypted: encrypted, on: bench)
            #expect(names.contains(topic))
        }
    }

    @Test(arguments: [true, false])
    func `by unsigned tokens that the library makes`(encrypted: Bool) async throws {
        try await Bench.run(on: .real) { bench in
            let topic = try await topic(on: bench)
            let names = try await names(
                [
                    "sasl.mechanism": "OAUTHBEARER",
                    "sasl.jaas.config": "\(Self.modules).oauthbearer.OAuthBearerLoginModule "
                        + #"required unsecuredLoginStringClaim_sub="penstock";"#,
                ], encrypted: encrypted, on: bench)
            #expect(names.contains(topic))
        }
    }

    @Test(arguments: [true, false])
    func `by tokens of an identity provider`(encrypted: Bool) async throws {
        let identity = try IdentityProvider(.tokens(seconds: 30))
        defer { identity.stop() }
        try await Bench.run(on: .real) { bench in
            let topic = try await topic(on: bench)
            let names = try await names(
                [
                    "sasl.mechanism": "OAUTHBEARER",
                    "sasl.oauthbearer.token.endpoint.url": identity.endpoint,
                    "sasl.jaas.config": "\(Self.modules).oauthbearer.OAuthBearerLoginModule "
                        + #"required clientId="me" clientSecret="secret";"#,
                ], encrypted: encrypted, on: bench)
            #expect(names.contains(topic))
            #expect(identity.requestCount == 1)
        }
    }

    struct OwnTokens: TokenProvider {
        func token() async throws(TokenError) -> OAuthToken {
            let now = SystemClock.now()
            return OAuthToken(
                value: IdentityProvider.token(seconds: 30), principal: "penstock", issued: now,
                expiration: Timestamp(milliseconds: now.milliseconds + 30_000))
        }
    }

    @Test func `by tokens of the program's own`() async throws {
        try await Bench.run(on: .real) { bench in
            let topic = try await topic(on: bench)
            let names = try await names(
                ["sasl.mechanism": "OAUTHBEARER"], encrypted: true, on: bench,
                tokens: OwnTokens())
            #expect(names.contains(topic))
        }
    }
}
