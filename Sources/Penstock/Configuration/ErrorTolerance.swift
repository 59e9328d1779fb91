/// What becomes of a record that cannot be handled.
public enum ErrorTolerance: String, Sendable, CaseIterable {
    /// The task stops; nothing after the record is committed.
    case none
    /// The record is skipped and counted, or goes to the dead letter topic.
    case all
}
