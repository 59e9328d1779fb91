/// What an error means for the work in hand; every error of the package has one.
public enum ErrorKind: Sendable, Hashable {
    /// It can heal by itself: the same work is tried again.
    case retriable
    /// The other side asked for less: the same work is tried again, later and slower.
    case throttled
    /// This record, and no other, cannot be handled: the error policy decides.
    case data
    /// Trying again cannot help: the task ends.
    case fatal
}
