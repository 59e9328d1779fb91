extension SettingRules {
    private static let noMetrics = "No effect: the Java client's own metrics do not exist here."
    private static let noPartitioner = "No effect: librdkafka spreads records without keys itself."
    private static let noShareGroup = "No effect: share groups are not used here."

    /// Settings of the Java clients that have nothing to act on here.
    static let idle: [SettingRule] = [
        .init("metric.reporters", .all, .list, .withoutEffect, noMetrics),
        .init("metrics.num.samples", .all, .int(from: 1), .withoutEffect, noMetrics),
        .init(
            "metrics.recording.level", .all, .choice(["INFO", "DEBUG", "TRACE"]), .withoutEffect,
            noMetrics),
        .init("metrics.sample.window.ms", .all, .long(from: 0), .withoutEffect, noMetrics),
        .init(
            "config.providers", .all, .list, .withoutEffect,
            "No effect on a client: the files' own references are resolved before."),
        .init(
            "default.api.timeout.ms", [.consumer, .admin], .int(from: 0), .withoutEffect,
            "No effect: each call has a time limit of its own here."),
        .init(
            "interceptor.classes", [.consumer, .producer], .list, .withoutEffect,
            "No effect: a Java class cannot look at the records of this program."),
        .init(
            "socket.connection.setup.timeout.max.ms", .all, .long, .withoutEffect,
            "No effect: every attempt has socket.connection.setup.timeout.ms."),
        .init(
            "exclude.internal.topics", .consumer, .boolean, .withoutEffect,
            "No effect: a pattern of topics says itself which it means."),
        .init(
            "key.deserializer", .consumer, .className, .withoutEffect,
            "No effect: key.converter reads keys."),
        .init(
            "value.deserializer", .consumer, .className, .withoutEffect,
            "No effect: value.converter reads values."),
        .init(
            "internal.throw.on.fetch.stable.offset.unsupported", .consumer, .boolean,
            .withoutEffect, "No effect: it is a switch inside Kafka Streams."),
        .init(
            "share.acknowledgement.mode", .consumer, .choice(["implicit", "explicit"]),
            .withoutEffect, noShareGroup),
        .init(
            "share.acquire.mode", .consumer, .choice(["batch_optimized", "record_limit"]),
            .withoutEffect, noShareGroup),
        .init(
            "key.serializer", .producer, .className, .withoutEffect,
            "No effect: key.converter writes keys."),
        .init(
            "value.serializer", .producer, .className, .withoutEffect,
            "No effect: value.converter writes values."),
        .init(
            "max.block.ms", .producer, .long(from: 0), .withoutEffect,
            "No effect: sending waits for room as long as it takes."),
        .init(
            "metadata.max.idle.ms", .producer, .long(from: 5000), .withoutEffect,
            "No effect: librdkafka keeps what it knows of a topic while the topic is used."),
        .init(
            "partitioner.adaptive.partitioning.enable", .producer, .boolean, .withoutEffect,
            noPartitioner),
        .init(
            "partitioner.availability.timeout.ms", .producer, .long(from: 0), .withoutEffect,
            noPartitioner),
    ]

    /// Settings of earlier Java clients that files still have.
    static let retired: [SettingRule] = [
        .init("auto.include.jmx.reporter", .all, .boolean, .withoutEffect, noMetrics)
    ]
}
