/// How much a log line matters to whoever operates the program.
public enum LogLevel: Int, Sendable, Comparable, CaseIterable {
    /// Steps of normal work, for someone who looks for a fault.
    case debug
    /// An event that an operator wants to know.
    case info
    /// Something is off and the program goes on.
    case warning
    /// Something ended that should not have.
    case error

    /// Orders by weight.
    public static func < (lhs: LogLevel, rhs: LogLevel) -> Bool { lhs.rawValue < rhs.rawValue }
}
