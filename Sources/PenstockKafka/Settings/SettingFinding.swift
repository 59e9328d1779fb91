package import Penstock

/// What became of one setting that a user wrote.
package struct SettingFinding: Sendable, Hashable {
    /// What was done with it.
    package enum Outcome: Sendable, Hashable {
        /// It reaches the library under these names.
        case translated(to: [String])
        /// Nothing here corresponds to it, and nothing is missed.
        case withoutEffect
        /// It cannot be honoured; the connector must not start.
        case refused
        /// Neither client knows the name; it may be a misspelling of the nearest one.
        case unknown(nearest: String?)
    }

    /// The name as the user wrote it, with its prefix.
    package var property: String
    package var outcome: Outcome
    /// How much it matters: `error` where the connector must not start.
    package var level: LogLevel
    /// What it means, as a sentence.
    ///
    /// Never contains the value of a secret.
    package var explanation: String
}
