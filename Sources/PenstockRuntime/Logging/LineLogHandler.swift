import Glibc
public import Penstock

/// Writes one line per event to a file descriptor, as text or as JSON.
///
/// A line goes out in one `write`, so that lines of several threads never mix; control characters
/// are escaped, so that no value can begin a line of its own. Where the descriptor cannot take a
/// line, the line is lost: logging never fails and never stops the work.
public struct LineLogHandler: LogHandler {
    /// How a line is spelled.
    public enum Format: String, Sendable, CaseIterable {
        /// `2026-01-31T09:30:00.250Z info Started name=orders`.
        case text
        /// One JSON object: `time`, `level`, `message`, then the data.
        case json
    }

    /// The least level that is written.
    public let level: LogLevel
    /// How lines are spelled.
    public let format: Format

    private let descriptor: Int32
    private let now: @Sendable () -> Timestamp

    /// Writes to standard error.
    public init(_ format: Format = .text, level: LogLevel = .info) {
        self.init(format, level: level, descriptor: STDERR_FILENO, now: Self.wallClock)
    }

    /// Writes to standard output.
    package static func toStandardOutput(_ format: Format, level: LogLevel) -> Self {
        Self(format, level: level, descriptor: STDOUT_FILENO, now: wallClock)
    }

    init(
        _ format: Format, level: LogLevel, descriptor: Int32,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.format = format
        self.level = level
        self.descriptor = descriptor
        self.now = now
    }

    /// Writes one line.
    public func log(
        _ level: LogLevel, _ message: StaticString, _ metadata: [(key: String, value: String)]
    ) {
        let line = LogLine(
            time: now(), level: level, message: message.description, metadata: metadata)
        var bytes = format == .json ? line.json : line.text
        bytes.append(UInt8(ascii: "\n"))
        write(bytes)
    }

    private func write(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }

    private static let wallClock: @Sendable () -> Timestamp = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

extension Slice<UnsafeRawBufferPointer> {
    fileprivate var baseAddress: UnsafeRawPointer? { base.baseAddress?.advanced(by: startIndex) }
}
