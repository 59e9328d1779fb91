import Penstock

/// What is known of every partition that a worker has or had: which records of it are in hand, how
/// far it is done, how far that is committed.
///
/// Partitions are addressed by their slots. Each assignment has a generation: what belongs to an
/// assignment that ended has no effect any more, also when the partition has come back.
struct PartitionLedger: Sendable {
    private struct Partition: Sendable {
        /// The generation in which it was assigned; nil while it is not.
        var assignedIn: UInt64?
        var watermark = Watermark()
        var committed: Int64?
    }

    /// Positions on their way to the broker.
    struct Commit: Sendable, Equatable {
        let generation: UInt64
        var positions: [Position] = []

        struct Position: Sendable, Equatable {
            let slot: Int32
            let offset: Int64
        }

        var isEmpty: Bool { positions.isEmpty }
    }

    private var partitions: [Partition] = []
    /// Counts assignments.
    private(set) var generation: UInt64 = 0

    /// Partitions begin anew.
    mutating func assign(_ slots: some Sequence<Int32>) {
        generation += 1
        for slot in slots {
            while partitions.count <= Int(slot) { partitions.append(Partition()) }
            partitions[Int(slot)] = Partition(assignedIn: generation)
        }
    }

    /// Partitions end; nothing of them counts any more.
    mutating func revoke(_ slots: some Sequence<Int32>) {
        for slot in slots where Int(slot) < partitions.count {
            partitions[Int(slot)] = Partition()
        }
    }

    /// The partitions that are assigned now.
    var assigned: [Int32] {
        partitions.indices.filter { partitions[$0].assignedIn != nil }.map(Int32.init)
    }

    /// The records in hand that are not behind their partition's position.
    var pending: Int { partitions.reduce(0) { $0 + $1.watermark.pending } }

    /// Whether a partition has been assigned without a break since that generation or before.
    func holds(_ slot: Int32, since generation: UInt64) -> Bool {
        guard Int(slot) < partitions.count, let start = partitions[Int(slot)].assignedIn else {
            return false
        }
        return start <= generation
    }

    /// Notes a record that was read; returns the number by which it is resolved, nil where its
    /// partition is not assigned.
    mutating func add(_ slot: Int32, offset: Int64) -> UInt64? {
        guard Int(slot) < partitions.count, partitions[Int(slot)].assignedIn != nil else {
            return nil
        }
        return partitions[Int(slot)].watermark.add(offset: offset)
    }

    /// A record is done with.
    ///
    /// Without effect where its partition was given up since.
    mutating func resolve(_ slot: Int32, _ number: UInt64, since generation: UInt64) {
        guard holds(slot, since: generation) else { return }
        partitions[Int(slot)].watermark.resolve(number)
    }

    /// What there is to commit: positions that moved since they were last committed.
    func positionsToCommit() -> Commit {
        var commit = Commit(generation: generation)
        for (slot, partition) in partitions.enumerated() where partition.assignedIn != nil {
            guard let offset = partition.watermark.position, offset != partition.committed else {
                continue
            }
            commit.positions.append(Commit.Position(slot: Int32(slot), offset: offset))
        }
        return commit
    }

    /// The broker has taken positions.
    mutating func committed(_ commit: Commit) {
        for position in commit.positions where holds(position.slot, since: commit.generation) {
            partitions[Int(position.slot)].committed = position.offset
        }
    }
}
