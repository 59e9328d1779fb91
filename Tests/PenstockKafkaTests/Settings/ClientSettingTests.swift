import Penstock
import Testing

@testable import PenstockKafka

/// One setting of a client and what must become of it.
struct SettingCase: Sendable, CustomTestStringConvertible {
    var kind: ClientKind
    var given: [String: String]
    var expected: [String: String?]
    var outcome: SettingFinding.Outcome?
    var level: LogLevel?

    init(
        _ kind: ClientKind, _ given: [String: String], _ expected: [String: String?] = [:],
        _ outcome: SettingFinding.Outcome? = nil, _ level: LogLevel? = nil
    ) {
        (self.kind, self.given, self.expected) = (kind, given, expected)
        (self.outcome, self.level) = (outcome, level)
    }

    var testDescription: String { "\(kind) \(given)" }

    /// The translation with the settings as a connector's overrides.
    func translated(library: LibraryProperties = .debian) -> TranslatedSettings {
        let overrides = given.map { (kind.overridePrefix + $0.key, $0.value) }
        return ClientSettingSource(
            connector: "orders", task: 0, worker: ["bootstrap.servers": "broker:9092"],
            connectorSettings: Dictionary(uniqueKeysWithValues: overrides)
        ).translated(for: kind, library: library)
    }
}

extension LibraryProperties {
    private static let later = [
        "client.dns.lookup", "retry.backoff.max.ms", "group.protocol", "group.remote.assignor",
        "enable.metrics.push", "fetch.queue.backoff.ms",
    ]
    /// Debian's version, whichever the tests run with.
    static let debian = linked.removing(later, version: LibraryVersion(2, 0, 2))
    static let newer = linked.adding(later, version: LibraryVersion(2, 16))
}

@Suite struct `Client settings` {
    @Test(arguments: Self.translations)
    func `become the library's`(_ given: SettingCase) {
        let result = given.translated()
        for (name, value) in given.expected { #expect(result.library[name] == value, "\(name)") }
        if let outcome = given.outcome {
            #expect(result.findings.map(\.outcome) == [outcome])
        }
        if let level = given.level { #expect(result.findings.map(\.level) == [level]) }
    }

    static let translations: [SettingCase] = [
        .init(.consumer, ["fetch.min.bytes": "10"], ["fetch.min.bytes": "10"]),
        .init(
            .consumer, ["fetch.max.wait.ms": "100"],
            ["fetch.wait.max.ms": "100", "fetch.max.wait.ms": nil],
            .translated(to: ["fetch.wait.max.ms"]), .debug),
        .init(.consumer, ["auto.offset.reset": "latest"], ["auto.offset.reset": "latest"]),
        .init(.consumer, ["auto.offset.reset": "none"], ["auto.offset.reset": "error"]),
        .init(.consumer, ["auto.offset.reset": "by_duration:P1D"], [:], .refused, .error),
        .init(
            .consumer,
            ["partition.assignment.strategy": "org.apache.kafka.clients.consumer.RangeAssignor"],
            ["partition.assignment.strategy": "range"]),
        .init(
            .consumer,
            [
                "partition.assignment.strategy": "org.apache.kafka.clients.consumer.RangeAssignor,"
                    + " org.apache.kafka.clients.consumer.RoundRobinAssignor"
            ], ["partition.assignment.strategy": "range,roundrobin"]),
        .init(
            .consumer,
            [
                "partition.assignment.strategy": "org.apache.kafka.clients.consumer.RangeAssignor,"
                    + "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"
            ], ["partition.assignment.strategy": "cooperative-sticky"],
            .translated(to: ["partition.assignment.strategy"]), .warning),
        .init(
            .consumer, ["partition.assignment.strategy": "com.example.Mine"], [:], .refused,
            .error),
        .init(
            .consumer, ["request.timeout.ms": "45000"],
            ["socket.timeout.ms": "45000", "request.timeout.ms": nil]),
        .init(
            .producer, ["request.timeout.ms": "2000000"],
            ["request.timeout.ms": "900000", "socket.timeout.ms": nil]),
        .init(.admin, ["request.timeout.ms": "9000"], ["socket.timeout.ms": "9000"]),
        .init(
            .consumer, ["metadata.max.age.ms": "86400000"],
            [
                "metadata.max.age.ms": "86400000",
                "topic.metadata.refresh.interval.ms": "3600000",
            ]),
        .init(
            .consumer, ["fetch.max.bytes": "200000000"],
            [
                "fetch.max.bytes": "200000000", "receive.message.max.bytes": "200000512",
                "message.max.bytes": "1000000",
            ]),
        .init(
            .consumer, ["fetch.max.bytes": "50000"],
            [
                "fetch.max.bytes": "50000", "receive.message.max.bytes": "100000000",
                "message.max.bytes": "50000",
            ]),
        .init(.consumer, ["receive.buffer.bytes": "-1"], ["socket.receive.buffer.bytes": "0"]),
        .init(.producer, ["send.buffer.bytes": "4096"], ["socket.send.buffer.bytes": "4096"]),
        .init(.producer, ["max.request.size": "2097152"], ["message.max.bytes": "2097152"]),
        .init(
            .producer, ["buffer.memory": "33554432"], ["queue.buffering.max.kbytes": "32768"]),
        .init(
            .producer, ["compression.type": "zstd", "compression.zstd.level": "22"],
            ["compression.level": "12", "compression.type": "zstd"]),
        .init(
            .producer, ["compression.zstd.level": "3"], ["compression.level": nil],
            .withoutEffect, .debug),
        .init(.producer, ["partitioner.class": ""], ["partitioner": "murmur2_random"]),
        .init(
            .producer,
            ["partitioner.class": "org.apache.kafka.clients.producer.RoundRobinPartitioner"],
            ["partitioner": "random"]),
        .init(.producer, ["partitioner.class": "com.example.Mine"], [:], .refused, .error),
        .init(
            .producer, ["acks": "1"],
            [
                "acks": "1", "enable.idempotence": "false",
                "max.in.flight.requests.per.connection": "1",
            ]),
        .init(
            .producer, ["transactional.id": "t"],
            ["transactional.id": "t", "delivery.timeout.ms": nil]),
        .init(
            .consumer, ["isolation.level": "READ_COMMITTED"], ["isolation.level": "read_committed"]),
        .init(.consumer, ["key.deserializer": "any"], ["key.deserializer": nil], .withoutEffect),
        .init(.consumer, ["sasl.kerberos.ticket.renew.jitter": "0.1"], [:], .withoutEffect),
        .init(
            .consumer, ["queued.max.messages.kbytes": "4096"],
            ["queued.max.messages.kbytes": "4096"]),
        .init(
            .consumer, ["enable.auto.commit": "false"], ["enable.auto.commit": "false"]),
        .init(.consumer, ["ssl.truststore.location": "x"], [:], .withoutEffect),
    ]

    @Test(arguments: Self.refusals)
    func `that would break a promise are refused`(_ given: SettingCase) {
        let result = given.translated()
        #expect(result.isRefused)
        #expect(result.findings.filter { $0.outcome == .refused }.count == 1)
    }

    static let refusals: [SettingCase] = [
        .init(.consumer, ["enable.auto.commit": "true"]),
        .init(.consumer, ["auto.commit.enable": "true"]),
        .init(.consumer, ["enable.auto.offset.store": "true"]),
        .init(.consumer, ["enable.partition.eof": "true"]),
        .init(.consumer, ["rebalance_cb": "x"]),
        .init(.consumer, ["opaque": "x"]),
        .init(.consumer, ["plugin.library.paths": "evil.so"]),
        .init(.producer, ["delivery.report.only.error": "true"]),
        .init(.producer, ["enable.idempotence": "false", "transactional.id": "t"]),
        .init(.producer, ["transaction.two.phase.commit.enable": "true"]),
        .init(.consumer, ["ssl.engine.factory.class": "x"]),
        .init(.consumer, ["max.poll.records": "0"]),
        .init(.consumer, ["group.protocol": "consumer"]),
        .init(.consumer, ["client.dns.lookup": "resolve_canonical_bootstrap_servers_only"]),
        .init(
            .consumer,
            [
                "security.protocol": "SASL_SSL", "sasl.mechanism": "PLAIN",
                "sasl.jaas.config": "secret",
            ]),
    ]

    @Test func `of a newer library reach it`() {
        let settings = SettingCase(.consumer, ["group.protocol": "consumer"])
        let result = settings.translated(library: .newer)
        #expect(result.library["group.protocol"] == "consumer")
        #expect(result.library["partition.assignment.strategy"] == nil)
        #expect(result.library["fetch.queue.backoff.ms"] == "10")
        #expect(!result.isRefused)
    }

    @Test(arguments: [
        ("client.dns.lookup", "use_all_dns_ips"), ("retry.backoff.max.ms", "1000"),
        ("group.protocol", "classic"),
    ])
    func `of a newer library at their defaults are nothing to an older one`(
        name: String, value: String
    ) {
        let result = SettingCase(.consumer, [name: value]).translated()
        #expect(result.library[name] == nil)
        #expect(result.findings == [])
    }

    @Test func `of a newer library name both versions`() {
        let result = SettingCase(.consumer, ["group.protocol": "consumer"]).translated()
        let text = result.findings[0].explanation
        #expect(text.contains("2.4.0") && text.contains("2.0.2"))
    }

    @Test func `that are misspelt get the nearest name`() {
        let result = SettingCase(.consumer, ["fetch.min.byte": "1"]).translated()
        #expect(result.findings.map(\.outcome) == [.unknown(nearest: "fetch.min.bytes")])
        #expect(result.findings.map(\.property) == ["consumer.override.fetch.min.byte"])
        #expect(result.findings.map(\.level) == [.warning])
    }

    @Test func `never show a secret in a finding`() {
        let result = SettingCase(
            .consumer,
            [
                "security.protocol": "SASL_SSL", "sasl.jaas.config": "hunter2",
                "ssl.keystore.key": "hunter2", "ssl.key.password": "hunter2",
                "ssl.truststore.password": "hunter2",
            ]
        ).translated()
        #expect(!"\(result.findings)".contains("hunter2"))
    }

    @Test(arguments: ClientKind.allCases)
    func `of ours are taken by the library`(_ kind: ClientKind) {
        let result = ClientSettingSource(connector: "c", worker: ["bootstrap.servers": "b:9092"])
            .translated(for: kind)
        #expect(result.findings == [])
        #expect(result.faults(of: kind) == [])
    }

    @Test(arguments: [
        ("max.poll.interval.ms", "6000", "session.timeout.ms"),
        ("session.timeout.ms", "400000", "max.poll.interval.ms"),
    ])
    func `of the group's times let the other one fit`(
        name: String, value: String, other: String
    ) {
        let result = SettingCase(.consumer, [name: value]).translated()
        #expect(result.library[other] == value)
        #expect(result.faults(of: .consumer) == [])
    }

    @Test(arguments: [
        ["security.protocol": "SSL", "ssl.ca.location": "/nowhere/ca.pem"]
    ])
    func `that do not go together are found before a client starts`(given: [String: String]) {
        let result = SettingCase(.consumer, given).translated()
        #expect(!result.isRefused)
        let faults = result.faults(of: .consumer)
        #expect(faults.map(\.property) == ["consumer.*"])
        #expect(faults.map(\.level) == [.error])
    }
}
