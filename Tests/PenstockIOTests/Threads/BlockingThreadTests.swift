import Glibc
import Synchronization
import Testing

@testable import PenstockIO

@Suite struct `Blocking thread` {
    struct Refusal: Error, Equatable {}

    @Test func `runs calls one after the other, in order, and passes results and errors`()
        async throws
    {
        let thread = BlockingThread(name: "test")
        #expect(try await thread.run { 7 } == 7)
        await #expect(throws: Refusal()) { try await thread.run { throw Refusal() } }
        let first = try await thread.run { pthread_self() }
        #expect(try await thread.run { pthread_self() } == first)
        #expect(first != pthread_self())
        await thread.stop()
    }

    @Test func `refuses more calls than may wait`() async throws {
        let thread = BlockingThread(name: "narrow", capacity: 1)
        let gate = Gate()
        let running = Task { try await thread.run { gate.wait() } }
        try await eventually { gate.isWaiting }
        // One of the three has the only place, whichever comes first; the others are refused
        // while the thread is still held.
        let refused = BlockingThreadError(code: .full, thread: "narrow")
        let refusals = Locked(0)
        let answers = try await withThrowingTaskGroup(of: Int?.self) { group in
            for number in 1...3 {
                group.addTask {
                    do { return try await thread.run { number } } catch {
                        #expect(error as? BlockingThreadError == refused)
                        refusals.withLock { $0 += 1 }
                        return nil
                    }
                }
            }
            try await eventually { refusals.withLock { $0 } == 2 }
            gate.open()
            return try await group.reduce(into: [Int]()) {
                if let answer = $1 { $0.append(answer) }
            }
        }
        #expect(answers.count == 1)
        #expect(refusals.withLock { $0 } == 2)
        try await running.value
        await thread.stop()
    }

    @Test func `a call that is cancelled while it waits never runs`() async throws {
        let thread = BlockingThread(name: "test")
        let gate = Gate()
        let running = Task { try await thread.run { gate.wait() } }
        try await eventually { gate.isWaiting }
        let waiting = Task { try await thread.run { Issue.record("a cancelled call ran") } }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        gate.open()
        try await running.value
        await thread.stop()
    }

    @Test func `stop runs what waits and refuses what comes later`() async throws {
        let thread = BlockingThread(name: "stopping", capacity: 1)
        let gate = Gate()
        let running = Task { try await thread.run { gate.wait() } }
        try await eventually { gate.isWaiting }
        // Once one of two is refused, the other waits in the only place.
        let refusals = Locked(0)
        let waiting = (0..<2).map { _ in
            Task {
                do { return try await thread.run { 1 } } catch {
                    refusals.withLock { $0 += 1 }
                    return 0
                }
            }
        }
        try await eventually { refusals.withLock { $0 } == 1 }
        // Closed before the thread is free: what waits is run all the same.
        async let first: Void = thread.stop()
        gate.open()
        await thread.stop()
        await first
        try await running.value
        var sum = 0
        for task in waiting { sum += await task.value }
        #expect(sum == 1)
        await #expect(throws: BlockingThreadError(code: .stopped, thread: "stopping")) {
            try await thread.run {}
        }
        #expect(!threadNames().contains("stopping"))
    }

    @Test func `it takes no signals but those of its own faults`() async throws {
        let thread = BlockingThread(name: "signals")
        let blocked = try await thread.run {
            var set = sigset_t()
            pthread_sigmask(SIG_BLOCK, nil, &set)
            return (1...31).filter { sigismember(&set, $0) == 1 }
        }
        await thread.stop()
        #expect(Set([SIGTERM, SIGINT, SIGPIPE, SIGHUP, SIGCHLD]).isSubset(of: blocked))
        #expect(blocked.allSatisfy { ![SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP].contains($0) })
    }
}

/// Holds a thread until it is opened.
final class Gate: Sendable {
    private let isOpen = Atomic(false)
    private let waiters = Atomic(0)

    var isWaiting: Bool { waiters.load(ordering: .relaxed) > 0 }
    func open() { isOpen.store(true, ordering: .releasing) }

    func wait() {
        waiters.wrappingAdd(1, ordering: .relaxed)
        while !isOpen.load(ordering: .acquiring) { usleep(500) }
    }
}
