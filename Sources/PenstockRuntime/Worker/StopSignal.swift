import Synchronization

/// Tells the workers of a runner to end in good order.
final class StopSignal: Sendable {
    private struct State {
        var isRequested = false
        var handlers: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    /// Whether the end was asked for.
    var isRequested: Bool { state.withLock { $0.isRequested } }

    /// Asks for the end; from any thread, as often as one likes.
    func request() {
        let handlers = state.withLock { state in
            state.isRequested = true
            defer { state.handlers = [] }
            return state.handlers
        }
        for handler in handlers { handler() }
    }

    /// Calls `handler` once when the end is asked for; at once where it was.
    func onRequest(_ handler: @escaping @Sendable () -> Void) {
        let isRequested = state.withLock { state in
            if !state.isRequested { state.handlers.append(handler) }
            return state.isRequested
        }
        if isRequested { handler() }
    }
}
