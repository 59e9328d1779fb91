import PenstockIO
import Synchronization

/// Where tasks of any thread leave word that a batch has outcomes to be taken.
///
/// It holds each batch at most once, so it is bounded by the batches in hand.
final class OutcomeMailbox: Sendable {
    private let deliveries = Mutex<[UInt64]>([])
    private let loop: EventLoop
    private let wake: @Sendable () -> Void

    /// Makes an empty one; `wake` is called on the loop when the first word has come since the last
    /// look.
    init(loop: EventLoop, wake: @escaping @Sendable () -> Void) {
        self.loop = loop
        self.wake = wake
    }

    /// A delivery has outcomes.
    func post(_ delivery: UInt64) {
        let isFirst = deliveries.withLock { deliveries in
            deliveries.append(delivery)
            return deliveries.count == 1
        }
        guard isFirst else { return }
        // Whoever is on the loop already pays no wake-up.
        if loop.isCurrent { wake() } else { loop.execute(wake) }
    }

    /// Takes the deliveries that have outcomes.
    func takeAll() -> [UInt64] {
        deliveries.withLock { deliveries in
            guard !deliveries.isEmpty else { return [] }
            defer { deliveries = [] }
            return deliveries
        }
    }
}
