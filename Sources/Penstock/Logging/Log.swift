/// A log handler together with the metadata that every line of one part carries.
public struct Log: Sendable {
    private let handler: any LogHandler
    private var metadata: [(key: String, value: String)]

    /// Writes to `handler`, with `metadata` on every line.
    public init(_ handler: any LogHandler, metadata: KeyValuePairs<String, String> = [:]) {
        self.handler = handler
        self.metadata = metadata.map { ($0.key, $0.value) }
    }

    /// A log that drops everything.
    public static let disabled = Log(DisabledLogHandler())

    /// The same log with more metadata on every line.
    public func with(_ more: KeyValuePairs<String, String>) -> Log {
        var copy = self
        copy.metadata += more.map { ($0.key, $0.value) }
        return copy
    }

    /// Steps of normal work.
    public func debug(
        _ message: StaticString,
        _ data: @autoclosure () -> KeyValuePairs<String, any CustomStringConvertible> = [:]
    ) { write(.debug, message, data) }

    /// An event that an operator wants to know.
    public func info(
        _ message: StaticString,
        _ data: @autoclosure () -> KeyValuePairs<String, any CustomStringConvertible> = [:]
    ) { write(.info, message, data) }

    /// Something is off and the program goes on.
    public func warning(
        _ message: StaticString,
        _ data: @autoclosure () -> KeyValuePairs<String, any CustomStringConvertible> = [:]
    ) { write(.warning, message, data) }

    /// Something ended that should not have.
    public func error(
        _ message: StaticString,
        _ data: @autoclosure () -> KeyValuePairs<String, any CustomStringConvertible> = [:]
    ) { write(.error, message, data) }

    private func write(
        _ level: LogLevel, _ message: StaticString,
        _ data: () -> KeyValuePairs<String, any CustomStringConvertible>
    ) {
        guard level >= handler.level else { return }
        handler.log(level, message, metadata + data().map { ($0.key, $0.value.description) })
    }
}

/// A handler that drops every line.
struct DisabledLogHandler: LogHandler {
    var level: LogLevel { .error }
    func log(_: LogLevel, _: StaticString, _: [(key: String, value: String)]) {}
}
