/// Which Kafka settings a connector may override with `consumer.override.` and its like.
public enum ClientOverridePolicy: String, Sendable, CaseIterable {
    /// Every setting.
    case all = "All"
    /// No setting.
    case none = "None"
    /// Only who it logs in as.
    case principal = "Principal"
    /// Only those of the worker's list.
    case allowlist = "Allowlist"

    /// Whether a connector may override `setting`.
    public func allows(_ setting: String, allowlist: [String]) -> Bool {
        switch self {
        case .all: true
        case .none: false
        case .principal:
            ["sasl.jaas.config", "sasl.mechanism", "security.protocol"].contains(setting)
        case .allowlist: allowlist.contains(setting)
        }
    }
}
