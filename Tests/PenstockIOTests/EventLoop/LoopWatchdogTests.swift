import Glibc
import Penstock
import Synchronization
import Testing

@testable import PenstockIO

@Suite struct `Loop watchdog` {
    @Test func `names the task that held the loop`() async throws {
        let handler = RecordingLogHandler()
        try await withLoop(name: "orders-0", log: Log(handler)) { loop in
            await Task(name: "orders writer") { await loop.run { _ = usleep(130_000) } }.value
            await loop.run {}
        }
        // A busy machine may hold any other job as long.
        let line = try #require(
            handler.lines.first {
                $0["job"] == "orders writer" && Int($0["milliseconds"] ?? "") ?? 0 >= 130
            })
        #expect(line["loop"] == "orders-0")
    }

    @Test func `numbers a task without a name, and says timer or callback`() async throws {
        let handler = RecordingLogHandler()
        try await withLoop(log: Log(handler)) { loop in
            await Task.detached { await loop.run { _ = usleep(110_000) } }.value
            loop.execute { usleep(110_000) }
            await loop.run { _ = loop.schedule(after: .zero) { usleep(110_000) } }
            try await loop.sleep(for: .milliseconds(1))
            await loop.run {}
        }
        let jobs = handler.lines.map { $0["job"] ?? "" }
        #expect(jobs.contains { $0.hasPrefix("task ") })
        #expect(jobs.contains("callback"))
        #expect(jobs.contains("timer"))
    }

    @Test(arguments: [(0, 0), (1, 0), (100, 0), (101, 1), (60_000, 1)])
    func `is silent about jobs of no more than its limit`(milliseconds: Int64, lines: Int) {
        let handler = RecordingLogHandler()
        var watchdog = LoopWatchdog(log: Log(handler))
        let start = MonotonicInstant.now
        let end = MonotonicInstant(nanoseconds: start.nanoseconds + milliseconds * 1_000_000)
        watchdog.observe(.callback, from: start, to: end)
        #expect(handler.lines.count == lines)
        #expect(watchdog.longestNanoseconds == milliseconds * 1_000_000)
    }
}

final class RecordingLogHandler: LogHandler {
    let level = LogLevel.debug
    private let storage = Mutex<[[String: String]]>([])
    var lines: [[String: String]] { storage.withLock { $0 } }

    func log(
        _: LogLevel, _: StaticString, _ metadata: [(key: String, value: String)]
    ) {
        storage.withLock { $0.append(.init(metadata) { $1 }) }
    }
}
