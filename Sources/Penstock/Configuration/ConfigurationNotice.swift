/// What deserves a warning in a configuration that is right.
public struct ConfigurationNotice: Sendable, Hashable {
    /// The property's name.
    public var property: String
    /// What there is to know, as it reads after the property: "it wins over AWS_ACCESS_KEY_ID".
    public var explanation: String

    /// Makes a notice.
    ///
    /// Neither text may show a secret.
    public init(property: String, explanation: String) {
        self.property = property
        self.explanation = explanation
    }
}
