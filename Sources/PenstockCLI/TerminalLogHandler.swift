import Penstock

/// Writes log lines as the command's own sentences, without the time.
struct TerminalLogHandler: LogHandler {
    let level: LogLevel

    func log(
        _ level: LogLevel, _ message: StaticString, _ metadata: [(key: String, value: String)]
    ) {
        let data = metadata.map { " \($0.key)=\(Self.word($0.value))" }.joined()
        Terminal.complain("\(level): \(message)\(data)")
    }

    /// A value as one word; quoted where it would not be one.
    private static func word(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
        return isPlain && !value.isEmpty ? value : value.debugDescription
    }
}
