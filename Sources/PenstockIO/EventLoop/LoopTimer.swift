/// A function that a loop will call once, at its time.
///
/// `@unchecked Sendable`: all its state is touched on the thread of its loop only.
package final class LoopTimer: @unchecked Sendable {
    let deadline: MonotonicInstant
    private var body: (() -> Void)?
    private var onStop: (() -> Void)?
    private unowned let heap: TimerHeap

    init(
        deadline: MonotonicInstant, heap: TimerHeap, body: @escaping () -> Void,
        onStop: (() -> Void)?
    ) {
        self.deadline = deadline
        self.heap = heap
        self.body = body
        self.onStop = onStop
    }

    var isPending: Bool { body != nil }

    /// Takes the timer back: its function is released at once and not called any more.
    ///
    /// On the loop only; without effect when it has fired.
    package func cancel() {
        guard isPending else { return }
        clear()
        heap.noteCancelled()
    }

    func fire() {
        let body = self.body
        clear()
        body?()
    }

    /// The loop ends before the timer's time.
    func stop() {
        let onStop = self.onStop
        clear()
        onStop?()
    }

    private func clear() {
        body = nil
        onStop = nil
    }
}
