import Foundation
import Penstock
import Testing

@testable import PenstockKafka

/// Settings that depend on each other, on the library's version or on what it was built with.
@Suite struct `Client settings together` {
    private func producer(
        _ given: [String: String], library: LibraryProperties = .debian
    ) -> TranslatedSettings { SettingCase(.producer, given).translated(library: library) }

    @Test(arguments: [["acks": "1"], ["acks": "0"], ["retries": "0"]])
    func `a producer that need not be sure is not idempotent, and says so`(
        given: [String: String]
    ) {
        let result = producer(given)
        #expect(result.library["enable.idempotence"] == "false")
        #expect(result.library["max.in.flight.requests.per.connection"] == "1")
        #expect(result.findings.map(\.level) == [.warning])
        #expect(result.findings.map(\.property) == ["producer.override.\(given.keys.first ?? "")"])
        #expect(result.faults(of: .producer) == [])
    }

    @Test func `a producer is idempotent where nothing speaks against it`() {
        let result = producer(["acks": "ALL", "retries": "5"])
        #expect(result.library["enable.idempotence"] == "true")
        #expect(result.library["max.in.flight.requests.per.connection"] == nil)
        #expect(result.findings == [] && result.faults(of: .producer) == [])
    }

    @Test func `weak acknowledgements keep what was asked for of a producer without idempotence`() {
        let result = producer([
            "acks": "1", "enable.idempotence": "false",
            "max.in.flight.requests.per.connection": "7",
        ])
        #expect(result.library["max.in.flight.requests.per.connection"] == "7")
        #expect(result.findings == [])
    }

    @Test func `a record waits no longer than its transaction lives`() {
        let result = producer([
            "transactional.id": "t", "delivery.timeout.ms": "120000",
            "transaction.timeout.ms": "40000",
        ])
        #expect(result.library["delivery.timeout.ms"] == "40000")
        #expect(result.findings.map(\.level) == [.info])
        #expect(result.faults(of: .producer) == [])
    }

    @Test func `a session no longer than the time between polls`() {
        let result = SettingCase(
            .consumer, ["max.poll.interval.ms": "6000", "session.timeout.ms": "7000"]
        ).translated()
        #expect(result.library["session.timeout.ms"] == "6000")
        #expect(result.findings.map(\.level) == [.warning])
        #expect(result.faults(of: .consumer) == [])
    }

    @Test(arguments: [
        ("connections.max.idle.ms", "-1", "0"), ("reconnect.backoff.ms", "99999999", "3600000"),
        ("session.timeout.ms", "99999999", "3600000"),
    ])
    func `numbers beyond the library's bounds are told`(name: String, value: String, taken: String)
    {
        let result = SettingCase(.consumer, [name: value]).translated()
        #expect(result.library[name] == taken)
        #expect(result.findings.map(\.level) == [.info])
        #expect(result.findings[0].explanation.contains(taken))
        #expect(result.faults(of: .consumer) == [])
    }

    @Test(arguments: [
        (["reconnect.backoff.ms": "20000"], ["reconnect.backoff.max.ms": "20000"]),
        (["reconnect.backoff.max.ms": "10"], ["reconnect.backoff.ms": "10"]),
        (
            ["reconnect.backoff.ms": "3", "reconnect.backoff.max.ms": "2"],
            ["reconnect.backoff.max.ms": "3"]
        ), (["retry.backoff.ms": "9000"], ["retry.backoff.ms": "9000"]),
    ])
    func `a first wait that is longer than the longest is the only one`(
        given: [String: String], expected: [String: String]
    ) {
        let result = ClientSettingSource(
            connector: "c", worker: ["bootstrap.servers": "b:1"],
            connectorSettings: Dictionary(
                uniqueKeysWithValues: given.map { ("consumer.override.\($0.key)", $0.value) })
        ).translated(for: .consumer)
        for (name, value) in expected { #expect(result.library[name] == value) }
        #expect(result.faults(of: .consumer) == [])
    }

    @Test func `lists and words are taken with spaces and in any case`() {
        let result = SettingCase(
            .producer,
            [
                "bootstrap.servers": " SSL://a:1 , [::1]:2,", "compression.type": "ZStd",
                "security.protocol": "Ssl", "enable.idempotence": "TRUE", "linger.ms": "+5",
            ]
        ).translated()
        #expect(result.library["bootstrap.servers"] == "a:1,[::1]:2")
        #expect(result.library["compression.type"] == "zstd")
        #expect(result.library["security.protocol"] == "ssl")
        #expect(result.library["enable.idempotence"] == "true")
        #expect(result.library["linger.ms"] == "5")
        #expect(result.faults(of: .producer) == [])
    }

    @Test(arguments: [("acks", "7"), ("linger.ms", "5"), ("queue.buffering.max.ms", "5")])
    func `a producer's setting does nothing to a consumer`(name: String, value: String) {
        let result = SettingCase(.consumer, [name: value]).translated()
        #expect(result.library[name] == nil)
        #expect(result.findings.map(\.outcome) == [.withoutEffect])
        #expect(result.findings.map(\.level) == [.warning])
        #expect(result.findings[0].explanation.contains("a producer"))
    }

    @Test func `what the library was built without is an error with its version`() {
        var library = LibraryProperties.debian
        library.features = ["gzip", "sasl"]
        let zstd = producer(["compression.type": "zstd"], library: library)
        #expect(zstd.isRefused)
        #expect(zstd.findings[0].explanation.contains("2.0.2 was built without zstd"))
        let tls = SettingCase(.consumer, ["security.protocol": "SSL"]).translated(library: library)
        #expect(tls.findings.map(\.property) == ["consumer.override.security.protocol"])
        #expect(tls.isRefused && tls.findings[0].explanation.contains("without ssl"))
        #expect(!producer(["compression.type": "gzip"], library: library).isRefused)
        let login = ["security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "SCRAM-SHA-256"]
        let scram = SettingCase(.admin, login).translated(library: library)
        #expect(scram.findings.contains { $0.explanation.contains("without sasl_scram") })
    }

    @Test func `SCRAM of an old library comes with a warning, that of a newer one without`() {
        let login = SettingCase(
            .consumer, ["security.protocol": "sasl_ssl", "sasl.mechanism": "SCRAM-SHA-512"])
        let old = login.translated(library: .debian).findings.filter { $0.level == .warning }
        #expect(old.map(\.property) == ["consumer.override.sasl.mechanism"])
        for version in ["2.0.2", "3.8.1", "2.6.1"] {
            #expect(old.first?.explanation.contains(version) == true)
        }
        let newer = login.translated(library: .newer).findings
        #expect(!newer.contains { $0.level == .warning })
    }

    @Test func `the linked library says what it was built with`() {
        #expect(LibraryProperties.linked.has("ssl"))
        #expect(!LibraryProperties.linked.has("telepathy"))
        #expect(LibraryProperties.linked.features.count > 5)
    }
}
