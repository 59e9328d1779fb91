/// Where log lines go: the seam for an embedding program's own logging.
///
/// A line is a constant message, so that operators can search for it, and data beside it. Record
/// values and secrets are never part of either.
public protocol LogHandler: Sendable {
    /// The least level that is passed on; what lies below is never built.
    var level: LogLevel { get }

    /// Takes one line. Called from any thread; must not block for long.
    func log(_ level: LogLevel, _ message: StaticString, _ metadata: [(key: String, value: String)])
}
