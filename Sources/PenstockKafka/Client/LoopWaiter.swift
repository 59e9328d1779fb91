import PenstockIO

/// One task of a loop that waits for something on the same loop, for a time at most.
///
/// `@unchecked Sendable`: its state is touched on the loop only; other threads only ask the loop to
/// wake it.
final class LoopWaiter: @unchecked Sendable {
    private let loop: EventLoop
    private var continuation: UnsafeContinuation<Void, Never>?
    private var timer: LoopTimer?

    init(loop: EventLoop) { self.loop = loop }

    /// Returns when woken, when the time is over, or at once when the task is cancelled.
    func wait(atMost duration: Duration) async {
        await withTaskCancellationHandler {
            if !Task.isCancelled { await waitEvenIfCancelled(atMost: duration) }
        } onCancel: {
            loop.execute { self.wake() }
        }
    }

    /// Returns when woken or when the time is over.
    func waitEvenIfCancelled(atMost duration: Duration) async {
        precondition(loop.isCurrent, "a client is used on its loop only")
        await withUnsafeContinuation { continuation in
            precondition(self.continuation == nil, "one task at a time waits for a client")
            self.continuation = continuation
            timer = loop.schedule(after: duration, onStop: { self.wake() }) { self.wake() }
        }
    }

    /// Lets the waiting task go on.
    func wake() {
        timer?.cancel()
        timer = nil
        let continuation = self.continuation
        self.continuation = nil
        continuation?.resume()
    }
}
