import Penstock

/// Keeps a few batches for reuse, so that steady work allocates no memory for records.
struct BatchPool: ~Copyable {
    private let partitions: PartitionTable
    private var idle: [HeldBatch] = []

    /// How many batches are kept; what a batch keeps is bounded by its arena.
    static let limit = 16

    init(partitions: PartitionTable) { self.partitions = partitions }

    /// An empty batch.
    mutating func take() -> HeldBatch {
        for index in idle.indices.reversed() {
            // Whoever still holds the records, such as a task that kept one, keeps them unharmed.
            guard isKnownUniquelyReferenced(&idle[index].records) else { continue }
            let batch = idle.remove(at: index)
            batch.reset()
            return batch
        }
        return HeldBatch(records: RecordBatch(partitions: partitions))
    }

    /// Takes back a batch that nobody needs any more.
    mutating func put(_ batch: HeldBatch) {
        if idle.count >= Self.limit { idle.removeFirst() }
        idle.append(batch)
    }
}
