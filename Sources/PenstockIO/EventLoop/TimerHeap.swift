/// The timers of one loop, the next one first; timers of equal time in the order of their making.
///
/// A cancelled timer stays in its place until its turn, or until cancelled ones are the majority
/// and all are swept out: so cancelling costs nothing and the heap stays within twice the live ones.
final class TimerHeap {
    private struct Entry {
        let nanoseconds: Int64
        let sequence: UInt64
        let timer: LoopTimer

        func precedes(_ other: Entry) -> Bool {
            nanoseconds == other.nanoseconds
                ? sequence < other.sequence : nanoseconds < other.nanoseconds
        }
    }

    private var entries: [Entry] = []
    private var sequence: UInt64 = 0
    private var cancelledCount = 0

    /// How many places are taken, those of cancelled timers included.
    var count: Int { entries.count }

    func insert(_ timer: LoopTimer) {
        sequence += 1
        entries.append(
            Entry(nanoseconds: timer.deadline.nanoseconds, sequence: sequence, timer: timer))
        siftUp(entries.count - 1)
    }

    /// When the next timer that is still wanted is due.
    func nextDeadline() -> MonotonicInstant? {
        dropCancelled()
        return entries.first?.timer.deadline
    }

    /// Takes out the first timer that is due at `now`.
    func popDue(at now: MonotonicInstant) -> LoopTimer? {
        dropCancelled()
        guard let first = entries.first, first.timer.deadline <= now else { return nil }
        removeFirst()
        return first.timer
    }

    /// Takes out everything, for the end of the loop.
    func removeAll() -> [LoopTimer] {
        defer {
            entries = []
            cancelledCount = 0
        }
        return entries.map(\.timer).filter(\.isPending)
    }

    func noteCancelled() {
        cancelledCount += 1
        guard cancelledCount > 64, cancelledCount * 2 > entries.count else { return }
        entries.removeAll { !$0.timer.isPending }
        // A sorted array is a heap.
        entries.sort { $0.precedes($1) }
        cancelledCount = 0
    }

    private func dropCancelled() {
        while let first = entries.first, !first.timer.isPending {
            removeFirst()
            cancelledCount -= 1
        }
    }

    private func removeFirst() {
        let last = entries.removeLast()
        guard !entries.isEmpty else { return }
        entries[0] = last
        siftDown(0)
    }

    private func siftUp(_ start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard entries[index].precedes(entries[parent]) else { return }
            entries.swapAt(index, parent)
            index = parent
        }
    }

    private func siftDown(_ start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < entries.count && entries[child].precedes(entries[least]) {
                least = child
            }
            guard least != index else { return }
            entries.swapAt(index, least)
            index = least
        }
    }
}
