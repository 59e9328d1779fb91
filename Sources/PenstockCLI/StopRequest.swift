import Synchronization

/// Brings the request to end from the thread that waits for signals to the work that is to end.
final class StopRequest: Sendable {
    private struct State {
        var signal: String?
        var handler: (@Sendable (String) -> Void)?
    }

    private let state = Mutex(State())

    /// Asks for the end, by a signal's name.
    func request(_ signal: String) {
        let handler = state.withLock { state in
            state.signal = signal
            return state.handler
        }
        handler?(signal)
    }

    /// Calls `handler` when the end is asked for; at once where it was.
    func onRequest(_ handler: @escaping @Sendable (String) -> Void) {
        let signal = state.withLock { state in
            state.handler = handler
            return state.signal
        }
        if let signal { handler(signal) }
    }
}
