import Penstock
import Synchronization

/// Keeps the lines of a log.
final class LogRecorder: LogHandler {
    struct Line: Sendable {
        let level: LogLevel
        let message: String
        let data: [String: String]
    }

    let level = LogLevel.info
    private let kept = Mutex<[Line]>([])

    var lines: [Line] { kept.withLock { $0 } }

    func log(
        _ level: LogLevel, _ message: StaticString, _ metadata: [(key: String, value: String)]
    ) {
        let line = Line(
            level: level, message: message.description, data: Dictionary(metadata) { $1 })
        kept.withLock { $0.append(line) }
    }
}
