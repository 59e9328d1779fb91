import CPenstockRDKafka
import Glibc
import PenstockIO

/// An event descriptor that librdkafka writes to when a queue is no longer empty, watched by a loop.
///
/// It fires on empty to non-empty only: whoever stops before a queue is empty must come back by
/// himself. On the loop only.
final class QueueSignal {
    private let descriptor: Int32
    private let loop: EventLoop
    private var watch: DescriptorWatch?

    init(loop: EventLoop, onSignal: @escaping () -> Void) {
        descriptor = penstock_rdkafka_signal_descriptor()
        precondition(descriptor >= 0, "the process has no descriptor left")
        self.loop = loop
        watch = loop.watch(descriptor) { [descriptor] in
            var count: UInt64 = 0
            _ = read(descriptor, &count, 8)
            onSignal()
        }
    }

    deinit {
        // The watch ends on its loop, and the descriptor must not be reused before.
        let (watch, descriptor) = (self.watch, self.descriptor)
        let end: @Sendable () -> Void = {
            watch?.cancel()
            close(descriptor)
        }
        if loop.isCurrent { end() } else if !loop.execute(end) { close(descriptor) }
    }

    /// Lets a queue write to the descriptor, and signals once for what waits in it already.
    func enable(on queue: borrowing QueueHandle) {
        var one: UInt64 = 1
        rd_kafka_queue_io_event_enable(queue.pointer, descriptor, &one, 8)
        _ = write(descriptor, &one, 8)
    }
}
