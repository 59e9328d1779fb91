import Penstock

/// Records that are to be handed over again, in the order in which they were fetched.
///
/// While it holds any, nothing else is handed over: no later record of a partition overtakes one
/// that is tried again. It holds records that are in hand only, which the budget bounds.
struct RedeliveryQueue<Batch>: ~Copyable {
    private struct Entry {
        let order: UInt64
        let batch: Batch
        /// Ascending.
        var indices: [Int32]
        var due: ContinuousClock.Instant
        /// How many are handed over at once.
        var limit: Int
    }

    /// Ascending by order; one for each batch.
    private var entries: [Entry] = []

    var isEmpty: Bool { entries.isEmpty }

    /// When the first records are to be handed over; nil when there are none.
    var due: ContinuousClock.Instant? { entries.first?.due }

    /// Adds records of a batch whose place among all is `order`; at most `limit` of them are handed
    /// over at once.
    mutating func add(
        _ indices: some Sequence<Int32>, of batch: Batch, order: UInt64,
        due: ContinuousClock.Instant, limit: Int = .max
    ) {
        let place = entries.firstIndex { $0.order >= order } ?? entries.endIndex
        if place < entries.endIndex, entries[place].order == order {
            entries[place].indices = (entries[place].indices + indices).sorted()
            entries[place].due = max(entries[place].due, due)
            entries[place].limit = min(entries[place].limit, limit)
        } else {
            let entry = Entry(
                order: order, batch: batch, indices: indices.sorted(), due: due, limit: limit)
            entries.insert(entry, at: place)
        }
    }

    /// Takes the next records, where they are due.
    mutating func takeNext(
        at now: ContinuousClock.Instant
    ) -> (batch: Batch, indices: ContiguousArray<Int32>)? {
        guard let first = entries.first, first.due <= now else { return nil }
        let taken = first.indices.prefix(first.limit)
        if taken.count == first.indices.count {
            entries.removeFirst()
        } else {
            entries[0].indices.removeFirst(taken.count)
        }
        return (first.batch, ContiguousArray(taken))
    }

    /// Takes out what is not to be handed over any more.
    mutating func remove(where isGone: (Batch, Int32) -> Bool) -> [(batch: Batch, index: Int32)] {
        var removed: [(batch: Batch, index: Int32)] = []
        for place in entries.indices {
            let batch = entries[place].batch
            entries[place].indices.removeAll { index in
                guard isGone(batch, index) else { return false }
                removed.append((batch, index))
                return true
            }
        }
        entries.removeAll { $0.indices.isEmpty }
        return removed
    }
}
