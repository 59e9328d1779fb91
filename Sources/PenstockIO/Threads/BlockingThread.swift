import Synchronization

/// One named thread for calls that block, so that neither a loop nor Swift's pool stands still.
///
/// Calls run one after the other, in the order in which they came; at most `capacity` of them wait.
/// Whoever makes one ends it with ``stop()``.
package final class BlockingThread: Sendable {
    /// The name of the thread, of which the system shows 15 bytes.
    package let name: String

    private let queue: BlockingQueue
    private let state = Mutex(State())

    private struct State {
        var thread: NamedThread?
        var hasEnded = false
        var stopWaiters: [UnsafeContinuation<Void, Never>] = []
    }

    /// Starts the thread.
    package init(name: String, capacity: Int = 64) {
        self.name = name
        queue = BlockingQueue(capacity: capacity)
        state.withLock { state in
            // The thread keeps this object alive until it has been stopped.
            state.thread = NamedThread(name: name) { self.runThread() }
            precondition(state.thread != nil, "the system has no thread for blocking calls")
        }
    }

    /// Runs `body` on the thread and returns what it returns, or throws what it throws.
    ///
    /// Throws ``BlockingThreadError`` without running it where too many calls are waiting or the
    /// thread was stopped. A call that is cancelled while it waits throws `CancellationError` and
    /// never runs; one that has begun runs to its end, since nothing can interrupt it.
    package func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        let call = BlockingCall(body)
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                guard call.wait(continuation) else { return }
                switch queue.append({ call.run() }) {
                case .taken: break
                case .full: call.refuse(BlockingThreadError(code: .full, thread: name))
                case .closed: call.refuse(BlockingThreadError(code: .stopped, thread: name))
                }
            }
        } onCancel: {
            call.refuse(CancellationError())
        }
    }

    /// Takes no more calls, runs those that wait, and returns when the thread has ended.
    ///
    /// May be called again, and by several callers. Cancelling the caller has no effect.
    package func stop() async {
        queue.close()
        await withUnsafeContinuation { (waiter: UnsafeContinuation<Void, Never>) in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.stopWaiters.append(waiter) }
                return state.hasEnded
            }
            if hasEnded { waiter.resume() }
        }
        // One caller joins; the thread has nothing left to do but to return.
        state.withLock { state in
            defer { state.thread = nil }
            return state.thread
        }?.join()
    }

    private func runThread() {
        while let call = queue.next() { call() }
        let waiters = state.withLock { state in
            state.hasEnded = true
            defer { state.stopWaiters = [] }
            return state.stopWaiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
