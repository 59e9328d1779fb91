/// The settings of Kafka's Java clients, a row each, by the names of Apache Kafka 4.3.1.
enum SettingRules {
    static let all =
        connection + consuming + group + producing + encryption + login + identityProvider + idle

    private static let byName = Dictionary(grouping: all + retired, by: \.name)

    /// The row for a setting of a client; nil where Java's has no such setting.
    static func rule(for name: String, of kind: ClientKind) -> SettingRule? {
        byName[name]?.first { $0.clients.contains(kind) }
    }

    /// The rows for a setting of any client.
    static func rules(for name: String) -> [SettingRule] { byName[name] ?? [] }
}
