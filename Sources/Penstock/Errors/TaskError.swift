/// What a task throws when it cannot go on, sorted by what the runtime then does.
public struct TaskError: Error, Sendable {
    /// What it means for the work in hand.
    public let kind: ErrorKind
    /// A plain sentence, without record values or secrets.
    public let message: String
    /// How long to wait before the next try; nil leaves it to the runtime.
    public let retryAfter: Duration?
    /// The record that is at fault, where one is.
    public let origin: RecordOrigin?
    /// What caused it.
    public let cause: (any Error)?

    package init(
        kind: ErrorKind, _ message: String, retryAfter: Duration? = nil,
        origin: RecordOrigin? = nil, cause: (any Error)? = nil
    ) {
        self.kind = kind
        self.message = message
        self.retryAfter = retryAfter
        self.origin = origin
        self.cause = cause
    }

    /// It can heal by itself: the runtime hands over the same batch again.
    public static func retriable(
        _ message: String, after delay: Duration? = nil, cause: (any Error)? = nil
    ) -> TaskError {
        TaskError(kind: .retriable, message, retryAfter: delay, cause: cause)
    }

    /// The other side asked for less: the runtime hands over the same batch again, later.
    public static func throttled(
        _ message: String, after delay: Duration? = nil, cause: (any Error)? = nil
    ) -> TaskError {
        TaskError(kind: .throttled, message, retryAfter: delay, cause: cause)
    }

    /// One record is at fault: `errors.tolerance` decides whether it is skipped or ends the task.
    public static func data(
        _ message: String, record: RecordOrigin? = nil, cause: (any Error)? = nil
    ) -> TaskError {
        TaskError(kind: .data, message, origin: record, cause: cause)
    }

    /// Trying again cannot help: the task ends, and nothing that it had not acknowledged is
    /// committed.
    public static func fatal(_ message: String, cause: (any Error)? = nil) -> TaskError {
        TaskError(kind: .fatal, message, cause: cause)
    }
}

extension TaskError: CustomStringConvertible {
    /// The place, the sentence and the cause.
    public var description: String {
        let place = origin.map { "\($0): " } ?? ""
        let reason = cause.map { ": \($0)" } ?? ""
        return place + message + reason
    }
}
