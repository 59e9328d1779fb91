public import Penstock
import Glibc
import Synchronization

/// A thread that runs Swift tasks and, when it has none to run, waits for sockets and timers.
///
/// A loop is a `TaskExecutor`: code inside ``run(_:)`` and its child tasks stay on the loop's
/// thread, and what they await there costs no change of thread. `Task { }` leaves it. Code on a
/// loop must not block: everything else on the loop waits meanwhile. A job that held the loop for
/// more than 100 ms is named in the log.
///
/// ```swift
/// let loop = EventLoop(name: "orders")
/// let answer = try await loop.run { try await client.send(request, timeout: .seconds(2)) }
/// await loop.stop()
/// ```
///
/// Whoever makes a loop ends it with ``stop()`` after the tasks on it have ended; a loop that is
/// not stopped keeps its thread for the life of the process.
public final class EventLoop: TaskExecutor, Sendable {
    /// The name of the loop and its thread, of which the system shows 15 bytes.
    public let name: String

    let core: LoopCore
    let inbox = Mutex(LoopInbox())

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let code = pthread_key_create(&key, nil)
        precondition(code == 0, "the system has no thread-specific key left")
        return key
    }()

    /// Starts a loop's thread.
    ///
    /// - Parameters:
    ///   - name: What the thread is called in logs and by the system's tools.
    ///   - log: Where jobs are named that held the loop for too long.
    public init(name: String, log: Log = .disabled) {
        self.name = name
        core = LoopCore(log: log.with(["loop": name]))
        inbox.withLock { inbox in
            // The thread keeps the loop alive until it has been stopped.
            inbox.thread = NamedThread(name: name) { self.runThread() }
            precondition(inbox.thread != nil, "the system has no thread for an event loop")
        }
    }

    /// The loop on whose thread the caller runs.
    ///
    /// That a step runs there does not mean that its task stays: an actor that tasks on and off a loop
    /// share may run a step of either on the loop's thread. Use ``run(_:)`` to be sure.
    public static var current: EventLoop? {
        guard let pointer = pthread_getspecific(key) else { return nil }
        return Unmanaged<EventLoop>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// One loop for callers that run on none; its thread starts with the first use and stays.
    public static let shared = EventLoop(name: "penstock-io")

    /// Whether the caller runs on this loop's thread.
    public var isCurrent: Bool {
        guard let pointer = pthread_getspecific(Self.key) else { return false }
        return pointer == Unmanaged.passUnretained(self).toOpaque()
    }

    // MARK: The thread

    /// Nothing depends on this limit; it bounds the harm should the system lose a wake-up.
    private static let longestWait: Int32 = 60_000

    private func runThread() {
        pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
        let executor = asUnownedTaskExecutor()
        while true {
            let phase = takeInbox()
            core.runJobs(on: executor)
            core.fireTimers()
            if phase != .running, core.jobs.isEmpty {
                core.close()
                if core.jobs.isEmpty, finish() { return }
                continue
            }
            if announceWait() {
                core.wait(milliseconds: Self.longestWait)
            } else {
                core.serveWithoutWaiting()
            }
        }
    }

    private func takeInbox() -> LoopInbox.Phase {
        inbox.withLock { inbox in
            inbox.needsWakeUp = false
            if !inbox.jobs.isEmpty { core.jobs.append(draining: &inbox.jobs) }
            return inbox.phase
        }
    }

    /// Asks others to wake the loop from now on; false where there is no need to wait.
    private func announceWait() -> Bool {
        guard core.jobs.isEmpty else { return false }
        return inbox.withLock { inbox in
            guard inbox.jobs.isEmpty, inbox.phase == .running else { return false }
            inbox.needsWakeUp = true
            return true
        }
    }

    /// Ends the loop if nothing has come meanwhile, and lets those continue who wait for that.
    private func finish() -> Bool {
        let waiters: [UnsafeContinuation<Void, Never>]? = inbox.withLock { inbox in
            guard inbox.jobs.isEmpty else { return nil }
            inbox.phase = .stopped
            defer { inbox.stopWaiters = [] }
            return inbox.stopWaiters
        }
        guard let waiters else { return false }
        // From here on a job that is resumed by this thread must not come back to it.
        pthread_setspecific(Self.key, nil)
        for waiter in waiters { waiter.resume() }
        return true
    }
}
