extension SettingRules {
    /// What a consumer fetches.
    static let consuming: [SettingRule] = [
        .init(
            "allow.auto.create.topics", .consumer, .boolean, .same,
            "Whether the broker may create a topic that is read and does not exist."),
        .init(
            "auto.offset.reset", .consumer, .text, .converted(offsetReset),
            "Where to begin without a committed offset: earliest, latest or none, which fails."),
        .init(
            "check.crcs", .consumer, .boolean, .same,
            "Whether the checksums of fetched records are verified."),
        .init(
            "client.rack", .consumer, .text, .same,
            "The client's rack or zone, so that a replica nearby can serve it."),
        .init(
            "enable.auto.commit", .consumer, .boolean, .converted(autoCommit),
            "Must be false: offsets are committed after their records are written."),
        .init(
            "auto.commit.interval.ms", .consumer, .int(from: 0), .withoutEffect,
            "No effect: offset.flush.interval.ms of the worker says how often to commit."),
        .init(
            "fetch.max.bytes", .consumer, .int(from: 0), .converted(fetchMaximum),
            "How many bytes one answer may hold over all partitions."),
        .init(
            "fetch.max.wait.ms", .consumer, .int(from: 0), .renamed(["fetch.wait.max.ms"]),
            "How long a broker may gather fetch.min.bytes before it answers."),
        .init(
            "fetch.min.bytes", .consumer, .int(from: 0), .same,
            "How many bytes a broker gathers before it answers."),
        .init(
            "max.partition.fetch.bytes", .consumer, .int(from: 0), .same,
            "How many bytes of one partition an answer may hold."),
        .init(
            "isolation.level", .consumer, .choice(["read_committed", "read_uncommitted"]), .same,
            "Whether records of open and aborted transactions are read; read_committed by default."),
        .init(
            "max.poll.records", .consumer, .int(from: 1), .own,
            "How many records a task receives at once."),
    ]

    /// How a consumer is a member of its group.
    static let group: [SettingRule] = [
        .init(
            "group.id", .consumer, .text, .same,
            "The consumer group; connect-<name of the connector> by default."),
        .init(
            "group.instance.id", .consumer, .nonEmptyText, .same,
            "Makes the client a static member of its group, under this name."),
        .init(
            "group.protocol", .consumer, .choice(["classic", "consumer"]),
            .since(.init(2, 4), standard: "classic"),
            "Whether members or brokers assign the group's partitions."),
        .init(
            "group.remote.assignor", .consumer, .text, .since(.init(2, 4), standard: ""),
            "The broker's assignor, where brokers assign."),
        .init(
            "heartbeat.interval.ms", .consumer, .int, .same,
            "How often a member tells its group that it lives."),
        .init(
            "session.timeout.ms", .consumer, .int, .same,
            "After how long a silent member has left its group."),
        .init(
            "max.poll.interval.ms", .consumer, .int(from: 1), .same,
            "How long a member may go without taking records before it has left its group."),
        .init(
            "partition.assignment.strategy", .consumer, .list, .converted(assignmentStrategy),
            "The group's assignors, by Java's classes or as range, roundrobin, cooperative-sticky."),
    ]
}
