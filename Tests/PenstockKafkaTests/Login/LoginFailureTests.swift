import Penstock
import PenstockIO
import Testing

@testable import PenstockKafka

@Suite struct `Judging failures of connections` {
    private let start = ContinuousClock.now

    private func judge(_ mechanism: String?, version: LibraryVersion = .init(2, 16))
        -> ConnectionJudge
    {
        var settings = TranslatedSettings()
        settings.library["sasl.mechanisms"] = mechanism
        return ConnectionJudge(settings, version: version)
    }

    @Test func `a refused login is final, and says what to check`() {
        var judge = judge("PLAIN")
        let error = judge.judged(
            KafkaError(.authentication, detail: "host:1: no"), at: start, lacksToken: false,
            wasConnected: false)
        #expect(error.kind == .fatal)
        #expect(error.detail?.hasPrefix("host:1: no; check user and password") == true)
    }

    @Test func `a login that worked once is final when it has been refused for 25 seconds`() {
        var judge = judge("PLAIN")
        func kind(after seconds: Int) -> ErrorKind {
            judge.judged(
                KafkaError(.authentication), at: start + .seconds(seconds), lacksToken: false,
                wasConnected: true
            ).kind
        }
        #expect(kind(after: 0) == .retriable)
        #expect(kind(after: 24) == .retriable)
        #expect(kind(after: 30) == .fatal)
        // Another one, much later: a broker that restarts.
        #expect(kind(after: 300) == .retriable)
        #expect(kind(after: 330) == .fatal)
    }

    @Test func `without a token it may heal`() {
        var judge = judge("OAUTHBEARER")
        let error = judge.judged(
            KafkaError(.authentication), at: start, lacksToken: true, wasConnected: false)
        #expect(error.kind == .retriable)
    }

    @Test func `SCRAM on an old library names both versions`() {
        var old = judge("SCRAM-SHA-512", version: LibraryVersion(2, 0, 2))
        let error = old.judged(
            KafkaError(.authentication), at: start, lacksToken: false, wasConnected: false)
        #expect(error.detail?.contains("2.0.2") == true && error.detail?.contains("2.6.1") == true)
        var new = judge("SCRAM-SHA-512")
        let other = new.judged(
            KafkaError(.authentication), at: start, lacksToken: false, wasConnected: false)
        #expect(other.detail?.contains("librdkafka") == false)
    }

    @Test func `TLS that never worked is final after 10 seconds, once`() {
        var judge = judge(nil)
        let error = KafkaError(.encryption, detail: "host:1: no")
        #expect(
            judge.judged(error, at: start, lacksToken: false, wasConnected: false).kind
                == .retriable)
        #expect(judge.final(at: start + .seconds(9), wasConnected: false) == nil)
        _ = judge.judged(error, at: start + .seconds(9), lacksToken: false, wasConnected: false)
        let final = judge.final(at: start + .seconds(10), wasConnected: false)
        #expect(final?.kind == .fatal)
        #expect(final?.detail?.hasPrefix("host:1: no; check") == true)
        #expect(judge.final(at: start + .seconds(11), wasConnected: false) == nil)
    }

    @Test func `TLS that worked once is tried again`() {
        var judge = judge(nil)
        _ = judge.judged(KafkaError(.encryption), at: start, lacksToken: false, wasConnected: false)
        #expect(judge.final(at: start + .seconds(60), wasConnected: true) == nil)
        #expect(judge.final(at: start + .seconds(60), wasConnected: false) == nil)
    }

    @Test func `a broker that is away in between begins anew`() {
        var judge = judge(nil)
        _ = judge.judged(KafkaError(.encryption), at: start, lacksToken: false, wasConnected: false)
        _ = judge.judged(
            KafkaError(.transport), at: start + .seconds(1), lacksToken: false, wasConnected: false)
        #expect(judge.final(at: start + .seconds(30), wasConnected: false) == nil)
        _ = judge.judged(
            KafkaError(.encryption), at: start + .seconds(31), lacksToken: false,
            wasConnected: false)
        #expect(judge.final(at: start + .seconds(40), wasConnected: false) == nil)
        #expect(judge.final(at: start + .seconds(41), wasConnected: false) != nil)
    }

    @Test func `the same failure under another code does not begin anew`() {
        var judge = judge(nil)
        for tenth in 0..<100 {
            let now = start + .milliseconds(tenth * 100)
            let code: KafkaErrorCode = tenth % 20 == 7 ? .transport : .encryption
            _ = judge.judged(KafkaError(code), at: now, lacksToken: false, wasConnected: false)
        }
        #expect(judge.final(at: start + .seconds(10), wasConnected: false) != nil)
    }

    /// Reports failures, each so many seconds after the start.
    private func report(
        _ failures: [(KafkaErrorCode, Int)], to judge: inout ConnectionJudge
    ) {
        for (code, second) in failures {
            _ = judge.judged(
                KafkaError(code), at: start + .seconds(second), lacksToken: false,
                wasConnected: false)
        }
    }

    @Test func `a failure that is seldom reported under its own code is final all the same`() {
        var judge = judge(nil)
        report([(.encryption, 0), (.transport, 4), (.encryption, 8), (.transport, 9)], to: &judge)
        #expect(judge.final(at: start + .seconds(9), wasConnected: false) == nil)
        #expect(judge.final(at: start + .seconds(10), wasConnected: false)?.code == .encryption)
    }

    @Test(arguments: [KafkaErrorCode.transport, .resolve, .allBrokersDown])
    func `what the network does is tried again`(code: KafkaErrorCode) {
        var judge = judge("PLAIN")
        let late = start + .seconds(600)
        let first = judge.judged(
            KafkaError(code), at: late, lacksToken: false, wasConnected: false)
        #expect(first.code == code && first.kind == .retriable)
        #expect(first.detail?.contains("check") == true)
        // After a connection that worked it is the network's matter alone.
        let later = judge.judged(
            KafkaError(code), at: late, lacksToken: false, wasConnected: true)
        #expect(later == KafkaError(code))
    }
}

@Suite(.enabled(if: LoginBroker.isThere, LoginBroker.isMissing), .timeLimit(.minutes(2)))
struct `Failures of a connection` {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var settings: [String: String]
        var code: KafkaErrorCode
        /// The kind that the failure comes to.
        var kind: ErrorKind
        var part: String

        init(
            _ name: String, _ settings: [String: String], _ code: KafkaErrorCode, _ kind: ErrorKind,
            _ part: String
        ) {
            testDescription = name
            self.settings = settings
            self.code = code
            self.kind = kind
            self.part = part
        }
    }

    private static func password(_ address: String?, tls: Bool, _ password: String) -> [String:
        String]
    {
        [
            "bootstrap.servers": address ?? "",
            "security.protocol": tls ? "SASL_SSL" : "SASL_PLAINTEXT",
            "sasl.mechanism": "PLAIN", "sasl.username": "penstock", "sasl.password": password,
        ]
    }

    private static let isNew = LibraryProperties.linked.version >= LibraryVersion(2, 6, 1)
    private static let trust = ["ssl.ca.location": LoginBroker.authority ?? ""]

    static let cases = [
        Case(
            "a wrong password", password(LoginBroker.plain, tls: false, "canary"), .authentication,
            .fatal, "check user and password"),
        Case(
            "a wrong password behind TLS",
            password(LoginBroker.encrypted, tls: true, "canary").merging(trust) { $1 },
            .authentication, .fatal, "check user and password"),
        Case(
            "a login at a port without logins",
            password(Broker.realBootstrap, tls: false, "canary"), .authentication, .fatal,
            "check user and password"),
        Case(
            "a certificate of an unknown authority",
            password(LoginBroker.encrypted, tls: true, "canary"), .encryption, .fatal,
            "ssl.truststore.location"),
        // The code of these two depends on the library's version.
        isNew
            ? Case(
                "TLS at a plain port",
                password(LoginBroker.plain, tls: true, "canary").merging(trust) { $1 }, .transport,
                .retriable, "SSL handshake failed")
            : Case(
                "TLS at a plain port",
                password(LoginBroker.plain, tls: true, "canary").merging(trust) { $1 },
                .encryption, .fatal, "check that the port speaks TLS"),
        Case(
            "a plain login at a port with TLS",
            password(LoginBroker.encrypted, tls: false, "canary"), .allBrokersDown, .retriable,
            "security.protocol=SASL_PLAINTEXT"),
        Case(
            "a host without an address",
            ["bootstrap.servers": "no-such-host.invalid:9092"], .resolve, .retriable,
            "no-such-host.invalid"),
        Case(
            "a broker that is down", ["bootstrap.servers": "127.0.0.1:1"], .transport, .retriable,
            "127.0.0.1:1"),
    ]

    @Test(arguments: cases)
    func `say which broker it was and what to check, within 30 seconds`(_ given: Case) async throws
    {
        try await Bench.run(on: .mock) { bench in
            let source = ClientSettingSource(connector: bench.name, worker: given.settings)
            let member = try Member(bench: bench, settings: source.translated(for: .consumer))
            try await member.consumer.subscribe(to: ["any"])
            let batch = RecordBatch(partitions: member.consumer.partitions)
            var found: KafkaError?
            // Counted on the loop, so that a busy machine does not shorten it.
            for _ in 0..<1400 where found == nil {
                _ = member.consumer.poll(into: batch, maximum: 10)
                while let event = member.consumer.nextEvent() {
                    guard case .failure(let error) = event, error.code == given.code else {
                        continue
                    }
                    #expect(!error.description.contains("canary"))
                    if error.kind == given.kind { found = error }
                }
                try await bench.loop.sleep(for: .milliseconds(20))
            }
            let address = given.settings["bootstrap.servers"] ?? "-"
            #expect(found?.description.contains(address) == true, "\(String(describing: found))")
            #expect(found?.description.contains(given.part) == true, "\(String(describing: found))")
            await member.consumer.close(timeout: .seconds(1))
        }
    }
}
