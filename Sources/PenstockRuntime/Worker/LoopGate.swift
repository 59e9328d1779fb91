import PenstockIO

/// Where one task of a loop waits until something on the same loop lets it go on.
///
/// Opening it while nobody waits is remembered for the next wait.
///
/// `@unchecked Sendable`: its state is touched on the loop only.
final class LoopGate: @unchecked Sendable {
    private let loop: EventLoop
    private var isOpen = false
    private var waiter: UnsafeContinuation<Void, Never>?
    private var timer: LoopTimer?

    init(loop: EventLoop) { self.loop = loop }

    /// Returns when the gate is opened, or was since the last wait, or when the time is over.
    ///
    /// Cancelling the task has no effect.
    func wait(atMost duration: Duration? = nil) async {
        precondition(loop.isCurrent, "a gate is used on its loop only")
        if takeOpening() { return }
        if let duration, duration <= .zero { return }
        await withUnsafeContinuation { continuation in
            precondition(waiter == nil, "one task at a time waits at a gate")
            waiter = continuation
            guard let duration else { return }
            timer = loop.schedule(after: duration, onStop: { self.open() }) { self.open() }
        }
        isOpen = false
    }

    /// Whether the gate was opened since the last wait; closes it.
    func takeOpening() -> Bool {
        defer { isOpen = false }
        return isOpen
    }

    /// Lets the waiting task go on, or the next one that comes.
    func open() {
        isOpen = true
        timer?.cancel()
        timer = nil
        let waiter = self.waiter
        self.waiter = nil
        waiter?.resume()
    }
}
