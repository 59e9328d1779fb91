import Glibc
import Penstock
import PenstockDynamoDB
import PenstockKafka
import PenstockRuntime
import PenstockTesting
import TestServers
import Testing

/// The quick start's nine records, over every way to reach a secured Kafka, by the files of a Kafka
/// Connect installation alone.
@Suite(.needsSecuredKafka) struct SecuredSinkTests {
    private static let encryptions: [KafkaAccess] = [
        KafkaAccess(listener: .plaintext),
        KafkaAccess(listener: .tls, trust: .jks),
        KafkaAccess(listener: .tls, trust: .pkcs12),
        KafkaAccess(listener: .tls, trust: .pem),
        KafkaAccess(listener: .mutualTLS, trust: .jks, key: .pkcs12),
        KafkaAccess(listener: .mutualTLS, trust: .pem, key: .pem),
    ]

    /// A login at the listener without TLS and at the one with it.
    private static func logins(_ login: KafkaAccess.Login) -> [KafkaAccess] {
        [
            KafkaAccess(listener: .login, login: login),
            KafkaAccess(listener: .loginOverTLS, login: login, trust: .jks),
        ]
    }

    static let accesses =
        encryptions + logins(.password(mechanism: "PLAIN")) + logins(.unsignedTokens)
        + logins(.identityProvider)
    static let scrams =
        logins(.password(mechanism: "SCRAM-SHA-256"))
        + logins(.password(mechanism: "SCRAM-SHA-512"))

    private static let records = (1...9).map { Kafka.Message(#"{"f1":"value\#($0)"}"#) }

    @Test(.timeLimit(.minutes(2)), arguments: accesses)
    func `nine records arrive`(access: KafkaAccess) async throws {
        try await Self.writeNine(access)
    }

    @Test(.needsWholeSCRAM, .timeLimit(.minutes(2)), arguments: scrams)
    func `nine records arrive by SCRAM`(access: KafkaAccess) async throws {
        try await Self.writeNine(access)
    }

    @Test(.timeLimit(.minutes(2)))
    func `nine records arrive with tokens of the program's own`() async throws {
        let access = KafkaAccess(listener: .loginOverTLS, login: .program, trust: .pkcs12)
        try await Self.writeNine(access, tokens: OwnTokens())
    }

    /// Runs the connector in this process, on the librdkafka that it is linked to.
    private static func writeNine(
        _ access: KafkaAccess, tokens: (any TokenProvider)? = nil
    ) async throws {
        try await run(access) { scenario, files in
            let log = LogRecorder()
            try await scenario.runner(files, tokens: tokens, log: Log(log)).run {
                let isDone = try await eventually { try await scenario.committed() == [9] }
                #expect(isDone, "\(log.lines)")
            }
            check(scenario)
            // A job's slowness is this machine's.
            let warnings = log.lines.filter { $0.level >= .warning }.map(\.message)
            #expect(
                warnings.filter { $0 != "A job held its event loop" && $0 != "Kafka setting" }
                    == [])
        }
    }

    @Test(
        .needsCommand, .needsNewerLibrdkafka, .timeLimit(.minutes(2)),
        arguments: accesses + scrams)
    func `nine records arrive by the command on a newer librdkafka`(
        access: KafkaAccess
    ) async throws {
        try await Self.run(access) { scenario, files in
            let process = try scenario.start(files, environment: NewerLibrdkafka.environment)
            #expect(
                try await eventually { try await scenario.committed() == [9] }, "\(process.errors)")
            process.send(SIGTERM)
            #expect(try await process.end() == .exit(0), "\(process.errors)")
            Self.check(scenario)
        }
    }

    private static func run(
        _ access: KafkaAccess, _ body: (SinkScenario, [String]) async throws -> Void
    ) async throws {
        let identity = try IdentityProvider(.tokens(seconds: 60))
        defer { identity.stop() }
        try await SinkScenario.run { scenario in
            try await scenario.fill(records)
            let settings = try await access.settings(
                ClientStores(folder: scenario.folder), tokenEndpoint: identity.endpoint)
            try await body(
                scenario, scenario.connectFiles(settings, address: access.listener.address))
        }
        if case .identityProvider = access.login { #expect(identity.requestCount > 0) }
    }

    private static func check(_ scenario: SinkScenario) {
        let values = scenario.table.items.compactMap { item -> String? in
            guard case .s(let text)? = item["f1"] else { return nil }
            return text
        }
        #expect(values.sorted() == (1...9).map { "value\($0)" })
    }
}
