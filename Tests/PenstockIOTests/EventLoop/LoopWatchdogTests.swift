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
        let line = try #require(handler.lines.first)
        #expect(handler.lines.count == 1)
        #expect(line["loop"] == "orders-0")
        #expect(line["job"] == "orders writer")
        #expect(Int(line["milliseconds"] ?? "") ?? 0 >= 130)
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
        #expect(jobs.count == 3)
        #expect(jobs.first?.hasPrefix("task ") == true)
        #expect(jobs.dropFirst() == ["callback", "timer"])
    }

    @Test func `is silent about jobs of less than its limit`() async throws {
        let handler = RecordingLogHandler()
        try await withLoop(log: Log(handler)) { loop in
            await loop.run { _ = usleep(1_000) }
        }
        #expect(handler.lines.isEmpty)
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
