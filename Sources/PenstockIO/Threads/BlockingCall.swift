import Synchronization

/// One call that waits for its thread, runs on it, or is taken back.
final class BlockingCall<T: Sendable>: Sendable {
    private enum State {
        case new
        case waiting(UnsafeContinuation<T, any Error>)
        /// It runs, has run, or will never run.
        case over
    }

    private let body: @Sendable () throws -> T
    private let state = Mutex(State.new)

    init(_ body: @escaping @Sendable () throws -> T) { self.body = body }

    /// Returns false, with the continuation resumed, where the call was cancelled already.
    func wait(_ continuation: UnsafeContinuation<T, any Error>) -> Bool {
        let isNew = state.withLock { state in
            guard case .new = state else { return false }
            state = .waiting(continuation)
            return true
        }
        if !isNew { continuation.resume(throwing: CancellationError()) }
        return isNew
    }

    func run() {
        takeContinuation()?.resume(with: Result { try body() })
    }

    func refuse(_ error: any Error) {
        takeContinuation()?.resume(throwing: error)
    }

    private func takeContinuation() -> UnsafeContinuation<T, any Error>? {
        state.withLock { state in
            defer { state = .over }
            guard case .waiting(let continuation) = state else { return nil }
            return continuation
        }
    }
}
