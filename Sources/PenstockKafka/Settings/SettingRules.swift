/// The settings of Kafka's Java clients, a row each, by the names of Apache Kafka 4.3.
enum SettingRules {
    static let all = connection + consuming + producing + encryption + idle

    private static let byName = Dictionary(grouping: all, by: \.name)

    /// The row for a setting of a client; nil where Java's has no such setting.
    static func rule(for name: String, of kind: ClientKind) -> SettingRule? {
        byName[name]?.first { $0.clients.contains(kind) }
    }

    static let connection: [SettingRule] = [
        .init("bootstrap.servers", .all, .same),
        .init("client.id", .all, .same),
        .init("security.protocol", .all, .converted(lowercased("security.protocol"))),
        .init("connections.max.idle.ms", .all, .renamed(["connections.max.idle.ms"])),
        .init("reconnect.backoff.ms", .all, .same),
        .init("reconnect.backoff.max.ms", .all, .same),
        .init("retry.backoff.ms", .all, .same),
        .init(
            "socket.connection.setup.timeout.ms", .all,
            .renamed(["socket.connection.setup.timeout.ms"])),
        .init(
            "metadata.max.age.ms", .all,
            .renamed(["metadata.max.age.ms", "topic.metadata.refresh.interval.ms"])),
        .init("receive.buffer.bytes", .all, .converted(bufferSize("socket.receive.buffer.bytes"))),
        .init("send.buffer.bytes", .all, .converted(bufferSize("socket.send.buffer.bytes"))),
        .init("request.timeout.ms", [.consumer, .admin], .renamed(["socket.timeout.ms"])),
        .init("request.timeout.ms", .producer, .renamed(["request.timeout.ms"])),
        .init("client.dns.lookup", .all, .since(.init(2, 2), standard: "use_all_dns_ips")),
        .init("retry.backoff.max.ms", .all, .since(.init(2, 3), standard: "1000")),
        .init("enable.metrics.push", .all, .since(.init(2, 5), standard: "true")),
    ]

    static let consuming: [SettingRule] = [
        .init("allow.auto.create.topics", .consumer, .same),
        .init("auto.offset.reset", .consumer, .converted(offsetReset)),
        .init("check.crcs", .consumer, .same),
        .init("client.rack", .consumer, .same),
        .init("enable.auto.commit", .consumer, .converted(autoCommit)),
        .init("auto.commit.interval.ms", .consumer, .withoutEffect),
        .init("fetch.max.bytes", .consumer, .converted(fetchMaximum)),
        .init("fetch.max.wait.ms", .consumer, .renamed(["fetch.wait.max.ms"])),
        .init("fetch.min.bytes", .consumer, .same),
        .init("group.id", .consumer, .same),
        .init("group.instance.id", .consumer, .same),
        .init("group.protocol", .consumer, .since(.init(2, 4), standard: "classic")),
        .init("group.remote.assignor", .consumer, .since(.init(2, 4), standard: "")),
        .init("heartbeat.interval.ms", .consumer, .same),
        .init("isolation.level", .consumer, .converted(lowercased("isolation.level"))),
        .init("max.partition.fetch.bytes", .consumer, .same),
        .init("max.poll.interval.ms", .consumer, .same),
        .init("max.poll.records", .consumer, .own),
        .init("partition.assignment.strategy", .consumer, .converted(assignmentStrategy)),
        .init("session.timeout.ms", .consumer, .same),
    ]

    static let producing: [SettingRule] = [
        .init("acks", .producer, .same),
        .init("batch.size", .producer, .renamed(["batch.size"])),
        .init("buffer.memory", .producer, .converted(bufferMemory)),
        .init("compression.type", .producer, .same),
        .init("compression.gzip.level", .producer, .converted(compressionLevel(of: "gzip"))),
        .init("compression.lz4.level", .producer, .converted(compressionLevel(of: "lz4"))),
        .init("compression.zstd.level", .producer, .converted(compressionLevel(of: "zstd"))),
        .init("delivery.timeout.ms", .producer, .same),
        .init("enable.idempotence", .producer, .converted(idempotence)),
        .init("linger.ms", .producer, .renamed(["linger.ms"])),
        .init("max.in.flight.requests.per.connection", .producer, .same),
        .init("max.request.size", .producer, .renamed(["message.max.bytes"])),
        .init("partitioner.class", .producer, .converted(partitioner)),
        .init("partitioner.ignore.keys", .producer, .converted(ignoredKeys)),
        .init("retries", .producer, .same),
        .init("retries", .admin, .withoutEffect),
        .init("transaction.timeout.ms", .producer, .same),
        .init("transactional.id", .producer, .same),
        .init(
            "transaction.two.phase.commit.enable", .producer,
            .converted(off(or: "librdkafka has no two-phase commit"))),
    ]

    static let encryption: [SettingRule] = [
        .init("ssl.endpoint.identification.algorithm", .all, .converted(hostNameCheck)),
        .init("ssl.truststore.location", .all, .converted(trustStore)),
        .init("ssl.truststore.type", .all, .converted(storeType)),
        .init("ssl.truststore.password", .all, .withoutEffect),
        .init("ssl.truststore.certificates", .all, .renamed(["ssl.ca.pem"])),
        .init("ssl.keystore.location", .all, .converted(keyStore)),
        .init("ssl.keystore.type", .all, .converted(storeType)),
        .init("ssl.keystore.password", .all, .withoutEffect),
        .init("ssl.keystore.key", .all, .renamed(["ssl.key.pem"])),
        .init("ssl.keystore.certificate.chain", .all, .renamed(["ssl.certificate.pem"])),
        .init("ssl.key.password", .all, .same),
        .init("ssl.cipher.suites", .all, .converted(cipherSuites)),
        .init("ssl.enabled.protocols", .all, .converted(protocolVersions)),
        .init("ssl.protocol", .all, .converted(protocolVersions)),
        .init("ssl.provider", .all, .withoutEffect),
        .init("ssl.keymanager.algorithm", .all, .withoutEffect),
        .init("ssl.trustmanager.algorithm", .all, .withoutEffect),
        .init("ssl.secure.random.implementation", .all, .withoutEffect),
        .init(
            "ssl.engine.factory.class", .all,
            .refused("a Java class cannot make the TLS connections of this program")),
        .init("security.providers", .all, .withoutEffect),
    ]

    /// Settings of the Java clients that have nothing to act on here.
    static let idle: [SettingRule] =
        [
            "auto.include.jmx.reporter", "config.providers", "default.api.timeout.ms",
            "interceptor.classes", "metadata.recovery.rebootstrap.trigger.ms",
            "metadata.recovery.strategy", "metric.reporters", "metrics.num.samples",
            "metrics.recording.level", "metrics.sample.window.ms",
            "socket.connection.setup.timeout.max.ms",
        ].map { SettingRule($0, .all, .withoutEffect) }
        + [
            "exclude.internal.topics", "key.deserializer", "value.deserializer",
            "internal.throw.on.fetch.stable.offset.unsupported", "share.acknowledgement.mode",
            "share.acquire.mode",
        ].map { SettingRule($0, .consumer, .withoutEffect) }
        + [
            "key.serializer", "value.serializer", "max.block.ms", "metadata.max.idle.ms",
            "partitioner.adaptive.partitioning.enable", "partitioner.availability.timeout.ms",
        ].map { SettingRule($0, .producer, .withoutEffect) }
        + [SettingRule("bootstrap.controllers", .admin, .withoutEffect)]
}
