package import Penstock

/// Where the settings of a connector's clients come from.
///
/// Later layers win: the defaults, the worker's own connection settings, the worker's `consumer.`,
/// `producer.` and `admin.` settings, the connector's `consumer.override.` and its kin.
package struct ClientSettingSource: Sendable {
    /// The connector's name; it makes the group `connect-<name>` and the client ids.
    package var connector: String
    /// The task's number in client ids, where the client belongs to one.
    package var task: Int?
    /// The worker's settings, or those that a program passes as `kafka:`.
    package var worker: [String: String]
    /// The connector's settings; only those with an override prefix are looked at.
    package var connectorSettings: [String: String]
    /// Which settings the connector may change.
    package var policy: ClientOverridePolicy
    /// The settings it may change under the policy `Allowlist`.
    package var allowlist: [String]
    /// Whether the client writes a dead letter queue; it is named so.
    package var isForDeadLetters: Bool
    /// Whether the program has a provider of tokens for SASL/OAUTHBEARER.
    package var suppliesTokens = false

    package init(
        connector: String, task: Int? = nil, worker: [String: String],
        connectorSettings: [String: String] = [:], policy: ClientOverridePolicy = .all,
        allowlist: [String] = [], isForDeadLetters: Bool = false
    ) {
        self.connector = connector
        self.task = task
        self.worker = worker
        self.connectorSettings = connectorSettings
        self.policy = policy
        self.allowlist = allowlist
        self.isForDeadLetters = isForDeadLetters
    }
}

extension ClientSettingSource: CustomStringConvertible, CustomReflectable {
    /// The names of the settings: any of the values may be a secret.
    package var description: String {
        "\(connector) \(connectorSettings.keys.sorted()) worker \(worker.keys.sorted())"
    }

    package var customMirror: Mirror { Mirror(self, children: ["settings": description]) }
}

/// One setting, where it comes from, and what its user called it.
struct LayeredSetting: Sendable {
    enum Layer: Int, Sendable, Comparable {
        case defaults
        case worker
        case client
        case connector

        static func < (lhs: Layer, rhs: Layer) -> Bool { lhs.rawValue < rhs.rawValue }
    }

    var name: String
    var value: String
    /// The name as written, with its prefix.
    var property: String
    var layer: Layer
}

extension ClientSettingSource {
    /// Every setting that reaches a client of this kind, of all layers.
    func settings(for kind: ClientKind, library: LibraryProperties) -> [LayeredSetting] {
        defaults(for: kind, library: library) + workerSettings
            + prefixed(kind.prefix, in: worker, layer: .client, except: kind.overridePrefix)
            + prefixed(kind.overridePrefix, in: connectorSettings, layer: .connector, except: nil)
    }

    private func defaults(
        for kind: ClientKind, library: LibraryProperties
    ) -> [LayeredSetting] {
        clientDefaults(for: kind, library: library).map {
            LayeredSetting(name: $0.name, value: $0.value, property: $0.name, layer: .defaults)
        }
    }

    /// The connection of the worker itself: the default of all its clients, other than in Connect,
    /// where nearly everyone forgets to repeat it.
    private var workerSettings: [LayeredSetting] {
        worker.filter { name, _ in
            name == "bootstrap.servers" || name == "security.protocol"
                || name.hasPrefix("ssl.") || name.hasPrefix("sasl.")
        }.sorted { $0.key < $1.key }.map {
            LayeredSetting(
                name: $0.key, value: $0.value.trimmed, property: $0.key, layer: .worker)
        }
    }

    /// `admin.listeners` belong to Connect's own server and to no client.
    private static func isListener(_ name: String) -> Bool {
        name == "admin.listeners" || name.hasPrefix("admin.listeners.")
    }

    private func prefixed(
        _ prefix: String, in settings: [String: String], layer: LayeredSetting.Layer,
        except longer: String?
    ) -> [LayeredSetting] {
        settings.filter { name, _ in
            name.hasPrefix(prefix) && !(longer.map(name.hasPrefix) ?? false)
                && !Self.isListener(name)
        }.sorted { $0.key < $1.key }.map {
            LayeredSetting(
                name: String($0.key.dropFirst(prefix.count)), value: $0.value.trimmed,
                property: $0.key, layer: layer)
        }
    }
}

extension String {
    /// Without the white space around it, which Kafka's own configuration drops too.
    var trimmed: String {
        var part = self[...]
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }
}
