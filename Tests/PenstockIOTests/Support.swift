import Glibc
import Penstock
import Synchronization
import Testing

@testable import PenstockIO

/// Runs `body` with a loop of its own, and stops it.
func withLoop(
    name: String = "test", log: Log = .disabled, _ body: (EventLoop) async throws -> Void
) async throws {
    let loop = EventLoop(name: name, log: log)
    do { try await body(loop) } catch {
        await loop.stop()
        throw error
    }
    await loop.stop()
}

/// Runs `body` on a loop of its own, with a client whose connections wait for a slow machine.
///
/// On the shared loop hundreds of tests' connections share the places of those that are kept, and
/// between two requests a test may have to wait for its turn among the others.
func withKeepingClient<T: Sendable>(
    _ body: @Sendable (HTTPClient) async throws -> T
) async throws -> T {
    var configuration = HTTPClientConfiguration()
    configuration.connectTimeout = .seconds(60)
    configuration.maximumIdleTime = .seconds(600)
    configuration.allowsPlainHTTP = true
    let client = HTTPClient(configuration: configuration)
    let loop = EventLoop(name: "test")
    let result: Result<T, any Error> = await loop.run {
        do { return .success(try await body(client)) } catch { return .failure(error) }
    }
    await loop.stop()
    return try result.get()
}

/// Waits until a condition holds, and fails where it does not within half a minute.
func eventually(
    _ condition: () async throws -> Bool, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    // Counted as well as timed: while hundreds of tests begin at once, a task may sleep for longer
    // than the whole limit.
    let start = ContinuousClock.now
    var tries = 0
    while try await !condition() {
        tries += 1
        guard .now - start < .seconds(30) || tries < 200 else {
            Issue.record("it did not come true", sourceLocation: sourceLocation)
            return
        }
        try await Task.sleep(for: .milliseconds(1))
    }
}

/// Cancels `body` after a while.
func withTimeLimit<T: Sendable>(
    _ limit: Duration, _ body: @escaping @Sendable () async throws -> T
) async throws -> T {
    let task = Task { try await body() }
    let timer = Task {
        try await Task.sleep(for: limit)
        task.cancel()
    }
    defer { timer.cancel() }
    return try await task.value
}

/// The processor time that the calling thread has used.
func threadTime() -> Duration {
    // Which module declares the members of `timespec` changes with the build's optimisation.
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 2) { words in
        words.initialize(repeating: 0)
        words.withMemoryRebound(to: timespec.self) {
            guard let time = $0.baseAddress else { return }
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, time)
        }
        return .seconds(words[0]) + .nanoseconds(words[1])
    }
}

/// The names of all threads of this process.
func threadNames() -> [String] {
    guard let directory = opendir("/proc/self/task") else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        let number = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard let file = fopen("/proc/self/task/\(number)/comm", "r") else { continue }
        defer { fclose(file) }
        var line = [UInt8](repeating: 0, count: 32)
        let count = fread(&line, 1, 31, file)
        names.append(String(decoding: line.prefix(count).prefix { $0 != 10 }, as: UTF8.self))
    }
    return names
}

/// A value behind a lock that closures can share.
final class Locked<Value: Sendable>: Sendable {
    private let value: Mutex<Value>
    init(_ value: Value) { self.value = Mutex(value) }
    func withLock<T: Sendable>(_ body: (inout Value) -> T) -> T { value.withLock { body(&$0) } }
}
