import Penstock

/// What becomes of a property of a Connect worker's file here.
enum WorkerPropertyUse: Equatable {
    /// It means what it means there.
    case effective
    /// It belongs to a part of Connect that does not exist here.
    case withoutEffect
    /// Confluent's licence check, which does not exist here.
    case licence
    /// Neither Connect nor we know it.
    case unknown

    init(_ name: String) {
        self =
            if Self.isLicence(name) {
                .licence
            } else if Self.connectorsPrefix(of: name) != nil {
                .unknown
            } else if Self.isEffective(name) {
                .effective
            } else if Self.isWithoutEffect(name) {
                .withoutEffect
            } else {
                .unknown
            }
    }

    /// The names that are read here, for the search of the nearest one.
    static let effectiveNames =
        WorkerOptions.options.map(\.name) + ["bootstrap.servers", "security.protocol"]
        + ["key.converter", "value.converter", "header.converter"]

    /// The known name that a worker's unknown property was probably meant to be.
    static func nearestName(to name: String) -> String? {
        if let prefix = connectorsPrefix(of: name) {
            return name.replacing(prefix + "override.", with: prefix, maxReplacements: 1)
        }
        return Penstock.nearestName(to: name, among: effectiveNames)
    }

    /// What stands before `override.`, which belongs into a connector's file and does nothing in a
    /// worker's.
    private static func connectorsPrefix(of name: String) -> String? {
        ["consumer.", "producer.", "admin."].first { name.hasPrefix($0 + "override.") }
    }

    /// How to reach Kafka, for every client that has no setting of its own.
    static func isConnection(_ name: String) -> Bool {
        name == "bootstrap.servers" || name == "security.protocol"
            || name.hasPrefix("ssl.") || name.hasPrefix("sasl.")
    }

    /// The properties of Confluent's licence check and of the topic that it needs.
    static func isLicence(_ name: String) -> Bool {
        name.hasPrefix("confluent.license") || name.hasPrefix("confluent.topic.")
            || name == "confluent.topic"
    }

    private static func isEffective(_ name: String) -> Bool {
        effectiveNames.contains(name) || isConnection(name)
            || ["consumer.", "producer.", "admin."].contains { name.hasPrefix($0) }
                && name != "admin.listeners" && !name.hasPrefix("admin.listeners.")
            || ["key.converter.", "value.converter.", "header.converter."].contains {
                name.hasPrefix($0)
            }
    }

    private static func isWithoutEffect(_ name: String) -> Bool {
        idleNames.contains(name) || idlePrefixes.contains { name.hasPrefix($0) }
    }

    private static let idleNames: Set = [
        "admin.listeners", "client.dns.lookup", "client.id", "config.providers",
        "connect.protocol", "connections.max.idle.ms", "connector.plugin.version",
        "exactly.once.source.support", "group.id", "heartbeat.interval.ms", "listeners",
        "metadata.max.age.ms", "plugin.discovery", "plugin.path", "rebalance.timeout.ms",
        "receive.buffer.bytes", "reconnect.backoff.max.ms", "reconnect.backoff.ms",
        "request.timeout.ms", "retry.backoff.max.ms", "retry.backoff.ms", "security.providers",
        "send.buffer.bytes", "session.timeout.ms", "task.shutdown.graceful.timeout",
        "topic.creation.enable",
    ]

    private static let idlePrefixes = [
        "access.control.", "admin.listeners.", "auto.include.jmx", "config.providers.",
        "config.storage.", "inter.worker.", "internal.key.converter",
        "internal.value.converter", "listeners.", "metadata.recovery.", "metric",
        "offset.storage.", "plugin.", "response.http.headers.", "rest.", "scheduled.rebalance.",
        "socket.connection.setup.", "status.storage.", "topic.tracking.", "worker.",
    ]
}
