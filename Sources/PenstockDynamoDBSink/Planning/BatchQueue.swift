/// Batches in order, first in, first out.
struct BatchQueue {
    private var batches: [WriteBatch] = []
    private var head = 0

    var isEmpty: Bool { head == batches.count }

    /// How many places it takes, those of batches that have left it included.
    var storedCount: Int { batches.count }

    mutating func append(_ batch: WriteBatch) { batches.append(batch) }

    mutating func popFirst() -> WriteBatch? {
        guard head < batches.count else { return nil }
        let batch = batches[head]
        head += 1
        // Half at a time: a queue that is never empty must not grow with what has left it.
        if head * 2 >= batches.count {
            batches.removeFirst(head)
            head = 0
        }
        return batch
    }
}
