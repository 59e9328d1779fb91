import Penstock
import PenstockIO

/// Where a worker waits for whatever is worth a turn: records, the end of a call, outcomes, the
/// request to end.
///
/// `@unchecked Sendable`: its state is touched on the loop only; other threads only ask the loop to
/// wake the worker.
final class WorkerAlarm: @unchecked Sendable {
    private let loop: EventLoop
    private let consumer: any GroupConsumer
    private let gate: LoopGate
    private var isWaitingForRecords = false

    init(loop: EventLoop, consumer: any GroupConsumer) {
        self.loop = loop
        self.consumer = consumer
        gate = LoopGate(loop: loop)
    }

    /// Lets the worker look at what has changed; on the loop.
    func wake() {
        gate.open()
        if isWaitingForRecords { consumer.wake() }
    }

    /// The same from any thread.
    func wakeFromAnyThread() {
        if loop.isCurrent { wake() } else { loop.execute { self.wake() } }
    }

    /// Forgets what has woken the worker so far: it is about to look at everything.
    func reset() { _ = gate.takeOpening() }

    /// Waits, whatever the library has fetched meanwhile.
    func wait(atMost duration: Duration) async { await gate.wait(atMost: duration) }

    /// Waits for records too.
    func waitForRecords(atMost duration: Duration) async {
        guard !gate.takeOpening() else { return }
        isWaitingForRecords = true
        await consumer.waitUntilReady(atMost: duration)
        isWaitingForRecords = false
    }
}
