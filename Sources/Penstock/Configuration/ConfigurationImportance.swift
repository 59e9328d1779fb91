/// How likely an operator is to set an option.
public enum ConfigurationImportance: String, Sendable, CaseIterable {
    /// Most configurations set it.
    case high
    /// Some configurations set it.
    case medium
    /// The default is nearly always right.
    case low
}
