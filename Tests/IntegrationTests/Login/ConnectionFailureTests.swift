import Penstock
import PenstockKafka
import PenstockRuntime
import PenstockTesting
import Testing

/// What a connector does where Kafka cannot be reached, and what it says.
@Suite(.needsSecuredKafka) struct ConnectionFailureTests {
    /// A way that does not lead to Kafka.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var access: KafkaAccess
        /// Settings in place of those that would do.
        var changes: [String: String] = [:]
        var address: String
        var code = KafkaErrorCode.authentication
        /// What the error says beside the address.
        var parts: [String]

        init(
            _ name: String, _ access: KafkaAccess, changes: [String: String] = [:],
            address: String? = nil, code: KafkaErrorCode = .authentication, parts: [String]
        ) {
            testDescription = name
            self.access = access
            self.changes = changes
            self.address = address ?? access.listener.address
            self.code = code
            self.parts = parts
        }
    }

    private static let plain = KafkaAccess(
        listener: .loginOverTLS, login: .password(mechanism: "PLAIN"), trust: .jks)

    /// Another spelling of the loopback address, which no certificate names.
    private static func alias(_ listener: SecuredBroker.Listener) -> String {
        listener.address.replacing("127.0.0.1", with: "127.1")
    }

    /// A failure of TLS to librdkafka 2.0.2; 2.16 takes it for one of the network.
    private static let plainPort = Case(
        "a plain port spoken to as TLS", plain, address: SecuredBroker.Listener.login.address,
        code: .encryption, parts: ["port speaks"])
    private static let isPlainPortFinal = LibraryProperties.linked.version < LibraryVersion(2, 16)

    static let finalCases =
        (isPlainPortFinal ? [plainPort] : []) + [
            Case(
                "a wrong password", plain,
                changes: [
                    "sasl.jaas.config":
                        "org.apache.kafka.common.security.plain.PlainLoginModule required "
                        + #"username="penstock" password="canary";"#
                ], parts: ["check user and password for PLAIN"]),
            Case(
                "a certificate for another host", plain, address: alias(.loginOverTLS),
                code: .encryption, parts: ["the certificate is for the name in bootstrap.servers"]),
            Case(
                "a certificate of an unknown authority",
                KafkaAccess(listener: .loginOverTLS, login: .password(mechanism: "PLAIN")),
                code: .encryption, parts: ["ssl.truststore.location"]),
        ]

    @Test(.timeLimit(.minutes(2)), arguments: finalCases)
    func `what cannot heal ends the connector with what to check`(given: Case) async throws {
        try await Self.run(given) { scenario, runner, log in
            let start = ContinuousClock.now
            let error = await #expect(throws: KafkaError.self) { try await runner.run() }
            // As long as this machine is not busy: a wait that does not end would be longer.
            #expect(ContinuousClock.now - start < .seconds(60))
            #expect(error?.code == given.code)
            for part in given.parts + [given.address] {
                #expect(error?.description.contains(part) == true, "\(error as Any)")
            }
            #expect(error?.description.contains("canary") == false)
        }
    }

    static let healingCases =
        (isPlainPortFinal ? [] : [plainPort]) + [
            Case(
                "no certificate where one is demanded", KafkaAccess(listener: .tls, trust: .pkcs12),
                address: SecuredBroker.Listener.mutualTLS.address, code: .transport,
                parts: ["ssl.keystore.location"]),
            Case(
                "a host without an address", plain, address: "no-such-host.invalid:9093",
                code: .resolve, parts: ["check"]),
            Case(
                "a login without TLS at a port with it",
                KafkaAccess(listener: .login, login: .password(mechanism: "PLAIN")),
                address: SecuredBroker.Listener.loginOverTLS.address, code: .transport,
                parts: ["check", "SASL_PLAINTEXT"]),
            Case(
                "a broker that is down", plain, address: "127.0.0.1:1", code: .transport,
                parts: ["check"]),
        ]

    @Test(.timeLimit(.minutes(2)), arguments: healingCases)
    func `what may heal is told and waited for`(given: Case) async throws {
        try await Self.run(given) { scenario, runner, log in
            try await runner.run {
                let isTold = try await eventually {
                    log.lines.contains { $0.message == Self.outage }
                }
                #expect(isTold, "\(log.lines)")
                let told = log.lines.first { $0.message == Self.outage }?.data["error"] ?? ""
                for part in given.parts + [given.address] {
                    #expect(told.contains(part), "\(told)")
                }
                // Of a connection that the broker ends, librdkafka 2.16 says no more.
                let codes = [given.code.name, KafkaErrorCode.allBrokersDown.name]
                #expect(codes.contains { told.contains($0) }, "\(told)")
                try await Task.sleep(for: .seconds(2))
            }
            #expect(log.lines.filter { $0.level >= .error }.map(\.data) == [])
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `a broker that is down at first is logged in to when it comes up`() async throws {
        let access = KafkaAccess(listener: .login, login: .password(mechanism: "PLAIN"))
        let relay = try TCPRelay(to: access.listener.address)
        defer { relay.end() }
        let address = String(relay.endpoint.dropFirst("http://".count))
        let given = Case("a broker that comes later", access, address: address, parts: [])
        try await Self.run(given) { scenario, runner, log in
            try await scenario.fill([.init(#"{"f1":"value1"}"#)])
            try await runner.run {
                let isTold = try await eventually {
                    log.lines.contains { $0.message == Self.outage }
                }
                #expect(isTold, "\(log.lines)")
                try relay.open()
                let isDone = try await eventually { try await scenario.committed() == [1] }
                #expect(isDone, "\(log.lines)")
            }
            #expect(log.lines.contains { $0.message == "Kafka answers again" })
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `a host name is not checked where the user says so, with a warning`() async throws {
        let given = Case(
            "no check", Self.plain, changes: ["ssl.endpoint.identification.algorithm": ""],
            address: Self.alias(.loginOverTLS), parts: [])
        try await Self.run(given) { scenario, runner, log in
            try await scenario.fill([.init(#"{"f1":"value1"}"#)])
            try await runner.run {
                let isDone = try await eventually { try await scenario.committed() == [1] }
                #expect(isDone, "\(log.lines)")
            }
            #expect(
                log.lines.contains {
                    $0.level == .warning
                        && $0.data["property"]?.hasSuffix("ssl.endpoint.identification.algorithm")
                            == true
                }, "\(log.lines)")
        }
    }

    private static let outage = "Kafka does not answer as it should"

    private static func run(
        _ given: Case,
        _ body: (SinkScenario, ConnectorRunner, LogRecorder) async throws -> Void
    ) async throws {
        try await SinkScenario.run { scenario in
            let stores = ClientStores(folder: scenario.folder)
            let settings = try await given.access.settings(stores).merging(given.changes) { $1 }
            let log = LogRecorder()
            let files = scenario.connectFiles(settings, address: given.address)
            try await body(scenario, try scenario.runner(files, log: Log(log)), log)
        }
    }
}
