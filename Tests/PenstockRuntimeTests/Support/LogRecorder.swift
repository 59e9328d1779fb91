import Penstock
import Synchronization

/// Keeps log lines.
final class LogRecorder: LogHandler {
    struct Line: Sendable {
        let level: LogLevel
        let message: String
        let data: [String: String]
    }

    private let kept = Mutex<[Line]>([])
    let level = LogLevel.debug

    var lines: [Line] { kept.withLock { $0 } }

    func lines(_ message: String) -> [Line] { lines.filter { $0.message == message } }

    func log(
        _ level: LogLevel, _ message: StaticString, _ metadata: [(key: String, value: String)]
    ) {
        let data = Dictionary(metadata) { $1 }
        kept.withLock { $0.append(Line(level: level, message: message.description, data: data)) }
    }
}
