import Penstock
import Synchronization

/// Keeps log lines with their levels.
final class LevelRecorder: LogHandler {
    private let state = Mutex<[String]>([])

    var level: LogLevel { .debug }
    var lines: [String] { state.withLock { $0 } }

    func log(
        _ level: LogLevel, _ message: StaticString, _ metadata: [(key: String, value: String)]
    ) {
        let data = metadata.map { " \($0.key)=\($0.value)" }.joined()
        state.withLock { $0.append("\(level) \(message)\(data)") }
    }
}
