/// One setting that a client really gets, as it may be shown to anybody.
package struct ShownSetting: Sendable, Hashable {
    /// The name by which librdkafka knows it, or ours.
    package var name: String
    /// The value; a placeholder in the place of a secret.
    package var value: String
    /// The user's property that it comes from; nil where it is a default.
    package var origin: String?
}
