import CPenstockThreadSanitizer
import Glibc
import Synchronization
import Testing

@testable import PenstockIO

/// What the thread sanitizer reports when it is on.
///
/// Each test runs in a process of its own, which the sanitizer lets end with its exit code 66
/// after a report.
@Suite struct ThreadSanitizerTests {
    private static var reported: ExitTest.Condition {
        penstock_thread_sanitizer_is_on() ? .exitCode(66) : .success
    }

    @Test func `two threads without a lock are reported`() async {
        await #expect(processExitsWith: Self.reported) {
            let counter = Unprotected()
            onTwoThreads { counter.value += 1 }
        }
    }

    /// What a thread does after it has given a lock back is not ordered by it.
    @Test func `what is done beside a contended lock is reported`() async {
        await #expect(processExitsWith: Self.reported) {
            let counter = Unprotected()
            let lock = Locked(0)
            onTwoThreads {
                for _ in 0..<1000 { holdForAWhile(lock) }
                counter.value += 1
            }
        }
    }

    /// What is done after resuming a task is not ordered by that.
    @Test func `what is done after resuming is reported`() async {
        await #expect(processExitsWith: Self.reported) {
            let counter = Unprotected()
            for isLate in [false, true] {
                let thread = await resumed(isLate: isLate, after: { counter.value += 1 })
                counter.value += 1
                thread?.join()
            }
        }
    }

    @Test func `what locks and continuations order is not reported`() async {
        await #expect(processExitsWith: .success) {
            let counter = Unprotected()
            let lock = Locked(0)
            onTwoThreads {
                for _ in 0..<1000 {
                    holdForAWhile(lock)
                    lock.withLock { _ in counter.value += 1 }
                }
            }
            for index in 0..<100 {
                let isLate = index.isMultiple(of: 2)
                let thread = await resumed(isLate: isLate, before: { counter.value += 1 })
                counter.value += 1
                thread?.join()
            }
            #expect(counter.value == 2200)
        }
    }
}

/// `@unchecked Sendable`: it is not; that is what is tested.
private final class Unprotected: @unchecked Sendable {
    var value = 0
}

private func holdForAWhile(_ lock: Locked<Int>) {
    lock.withLock { value in for _ in 0..<100 { value += 1 } }
}

private func onTwoThreads(_ body: @escaping @Sendable () -> Void) {
    let threads = (0..<2).map { NamedThread(name: "race-\($0)", body) }
    for thread in threads { thread?.join() }
}

/// Waits for a continuation that another thread resumes, before or after the wait has begun.
///
/// Returns the thread, which is to be joined.
private func resumed(
    isLate: Bool, before: @escaping @Sendable () -> Void = {},
    after: @escaping @Sendable () -> Void = {}
) async -> NamedThread? {
    var thread: NamedThread?
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
        thread = NamedThread(name: "resume") {
            if isLate { usleep(2000) }
            before()
            continuation.resume()
            after()
        }
        if !isLate { usleep(2000) }
    }
    return thread
}
