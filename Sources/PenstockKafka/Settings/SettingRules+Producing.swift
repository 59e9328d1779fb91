extension SettingRules {
    /// What a producer sends, and how surely.
    static let producing: [SettingRule] = [
        .init(
            "acks", .producer, .choice(["all", "-1", "0", "1"]), .same,
            "Which replicas have to store a record before it counts as written; all by default."),
        .init(
            "batch.size", .producer, .int(from: 0), .same,
            "How many bytes one batch of a partition may hold."),
        .init(
            "buffer.memory", .producer, .long(from: 0), .converted(bufferMemory),
            "How many bytes of records may wait to be sent."),
        .init(
            "compression.type", .producer, .choice(["none", "gzip", "snappy", "lz4", "zstd"]),
            .same, "How batches are compressed."),
        .init(
            "compression.gzip.level", .producer, .integer(1...9, or: -1),
            .converted(compressionLevel(of: "gzip")), "How hard gzip compresses, where it is used."),
        .init(
            "compression.lz4.level", .producer, .integer(1...17),
            .converted(compressionLevel(of: "lz4")), "How hard lz4 compresses, where it is used."),
        .init(
            "compression.zstd.level", .producer, .integer(-131_072...22),
            .converted(compressionLevel(of: "zstd")), "How hard zstd compresses, where it is used."),
        .init(
            "delivery.timeout.ms", .producer, .int(from: 0), .converted(deliveryTimeout),
            "How long a record may take, all attempts included; without end by default."),
        .init(
            "enable.idempotence", .producer, .boolean, .converted(idempotence),
            "Whether a repeated attempt can neither double nor reorder records; true by default."),
        .init(
            "linger.ms", .producer, .long(from: 0), .same,
            "How long a batch waits for more records."),
        .init(
            "max.in.flight.requests.per.connection", .producer, .int(from: 1), .same,
            "How many requests may wait for their answers; at most 5 with idempotence."),
        .init(
            "max.request.size", .producer, .int(from: 0), .renamed(["message.max.bytes"]),
            "How many bytes a record may have."),
        .init(
            "partitioner.class", .producer, .className, .converted(partitioner),
            "How a record without partition gets one: by its key's murmur2 hash, as in Java."),
        .init(
            "partitioner.ignore.keys", .producer, .boolean, .converted(ignoredKeys),
            "Whether records are spread over partitions also where they have keys."),
        .init(
            "retries", .producer, .int(from: 0), .same,
            "How often a record is sent again within delivery.timeout.ms."),
        .init(
            "retries", .admin, .int(from: 0), .withoutEffect,
            "No effect: requests are repeated until their time is over."),
        .init(
            "transaction.timeout.ms", .producer, .int, .same,
            "After how long the broker aborts a transaction that stands still."),
        .init(
            "transactional.id", .producer, .nonEmptyText, .same,
            "The name under which transactions continue after a restart."),
        .init(
            "transaction.two.phase.commit.enable", .producer, .boolean,
            .converted(off(or: "librdkafka has no two-phase commit")),
            "Must be false: librdkafka has no two-phase commit."),
    ]
}
