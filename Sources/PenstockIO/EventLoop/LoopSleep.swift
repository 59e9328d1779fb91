/// One sleeping task, resumed with true at the end of its time, with false when cancelled before.
///
/// `@unchecked Sendable`: all its state is touched on the thread of its loop only.
final class LoopSleep: @unchecked Sendable {
    private enum State {
        case new
        case sleeping(UnsafeContinuation<Bool, Never>, LoopTimer)
        case over
    }

    private let loop: EventLoop
    private var state = State.new

    init(loop: EventLoop) { self.loop = loop }

    func begin(_ continuation: UnsafeContinuation<Bool, Never>, _ duration: Duration) {
        onLoop(otherwise: { continuation.resume(returning: false) }) { [self] in
            guard case .new = state else { return continuation.resume(returning: false) }
            let timer = loop.schedule(after: duration, onStop: { self.end(false) }) {
                self.end(true)
            }
            state = .sleeping(continuation, timer)
        }
    }

    func cancel() { onLoop(otherwise: {}) { self.end(false) } }

    private func end(_ isOver: Bool) {
        let state = self.state
        self.state = .over
        guard case .sleeping(let continuation, let timer) = state else { return }
        timer.cancel()
        continuation.resume(returning: isOver)
    }

    private func onLoop(otherwise: () -> Void, _ body: @escaping @Sendable () -> Void) {
        if loop.isCurrent { body() } else if !loop.execute(body) { otherwise() }
    }
}
