/// What an option's text is read as: the type names of Kafka Connect's configuration definitions.
public enum ConfigurationKind: String, Sendable, CaseIterable {
    /// `true` or `false`, in any case.
    case boolean
    /// Text without the white space around it.
    case string
    /// A whole number of 16 bits.
    case short
    /// A whole number of 32 bits.
    case int
    /// A whole number of 64 bits.
    case long
    /// A floating-point number.
    case double
    /// Texts separated by commas.
    case list
    /// The name of a class out of a closed table.
    case `class`
    /// Text that is never shown.
    case password
    /// All properties that begin with a prefix, passed on as they are.
    case prefix
}
