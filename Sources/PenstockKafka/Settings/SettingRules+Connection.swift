extension SettingRules {
    /// How every client reaches the brokers.
    static let connection: [SettingRule] = [
        .init(
            "bootstrap.servers", .all, .list, .converted(bootstrapServers),
            "The brokers to ask for all others, as host:port."),
        .init(
            "bootstrap.controllers", .admin, .list, .converted(controllers),
            "Controllers to administer directly; must be empty, since brokers are asked here."),
        .init(
            "client.id", .all, .text, .same, "The client's name in the brokers' logs and quotas."),
        .init(
            "security.protocol", .all, .choice(["plaintext", "ssl", "sasl_plaintext", "sasl_ssl"]),
            .same, "Whether the connection is encrypted and whether the client logs in."),
        .init(
            "connections.max.idle.ms", .all, .long, .same,
            "How long a connection may be idle before it is closed; -1 for ever."),
        .init(
            "reconnect.backoff.ms", .all, .long(from: 0), .same,
            "How long to wait before the first attempt to connect again."),
        .init(
            "reconnect.backoff.max.ms", .all, .long(from: 0), .same,
            "How long to wait at most between attempts to connect again."),
        .init(
            "retry.backoff.ms", .all, .long(from: 0), .same,
            "How long to wait before a failed request is sent again."),
        .init(
            "retry.backoff.max.ms", .all, .long(from: 0), .since(.init(2, 3), standard: "1000"),
            "How long to wait at most before a failed request is sent again."),
        .init(
            "socket.connection.setup.timeout.ms", .all, .long, .same,
            "How long one attempt to connect may take, the login included."),
        .init(
            "metadata.max.age.ms", .all, .long(from: 0),
            .renamed(["metadata.max.age.ms", "topic.metadata.refresh.interval.ms"]),
            "How old the list of topics and brokers may grow."),
        .init(
            "metadata.recovery.strategy", .all, .choice(["rebootstrap", "none"]), .whereKnown,
            "What to do when no known broker answers: begin with bootstrap.servers again, or not."),
        .init(
            "metadata.recovery.rebootstrap.trigger.ms", .all, .long(from: 0), .whereKnown,
            "How long no known broker has to be silent until bootstrap.servers are asked again."),
        .init(
            "receive.buffer.bytes", .all, .int(from: -1),
            .converted(bufferSize("socket.receive.buffer.bytes")),
            "The size of the socket's receive buffer; -1 leaves it to the system."),
        .init(
            "send.buffer.bytes", .all, .int(from: -1),
            .converted(bufferSize("socket.send.buffer.bytes")),
            "The size of the socket's send buffer; -1 leaves it to the system."),
        .init(
            "request.timeout.ms", [.consumer, .admin], .int(from: 0),
            .renamed(["socket.timeout.ms"]),
            "How long an answer of a broker may take."),
        .init(
            "request.timeout.ms", .producer, .int(from: 0), .renamed(["request.timeout.ms"]),
            "How long a broker may take to acknowledge records."),
        .init(
            "client.dns.lookup", .all,
            .choice(["use_all_dns_ips", "resolve_canonical_bootstrap_servers_only"]),
            .since(.init(2, 2), standard: "use_all_dns_ips"),
            "Whether all addresses of a host are tried, or the canonical names of each."),
        .init(
            "enable.metrics.push", .all, .boolean, .whereKnown,
            "Whether the client sends its metrics to brokers that ask; older librdkafka never does."
        ),
    ]
}
