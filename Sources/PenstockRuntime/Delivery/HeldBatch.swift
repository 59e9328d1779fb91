import Penstock

/// A fetched batch until its last record is done with, and where each of its records stands.
///
/// Used on the worker's loop only.
final class HeldBatch {
    /// A record's place in its partition's watermark.
    struct Place {
        var slot: Int32
        /// Nil where the partition was not assigned, and once the record is done with.
        var number: UInt64?
    }

    var records: RecordBatch
    /// One for each record.
    private(set) var places: ContiguousArray<Place> = []
    /// The ledger's generation in which the records were fetched.
    private(set) var generation: UInt64 = 0
    /// Its place among all batches.
    private(set) var order: UInt64 = 0
    /// The records that are not done with.
    private(set) var unresolved = 0
    /// The bytes that the budget counts for it.
    private(set) var charge = 0

    init(records: RecordBatch) { self.records = records }

    /// Empties the batch for new records; nobody else holds it.
    func reset() {
        records.reset()
        places.removeAll(keepingCapacity: true)
    }

    /// Notes every record in the ledger.
    func track(in ledger: inout PartitionLedger, order: UInt64) {
        self.order = order
        generation = ledger.generation
        unresolved = records.count
        places.reserveCapacity(records.count)
        for entry in records.entries {
            let number = ledger.add(entry.slot, offset: entry.offset)
            places.append(Place(slot: entry.slot, number: number))
        }
    }

    /// Fixes what the budget counts, once the values are there.
    ///
    /// A batch of few records still holds an arena.
    func fixCharge() { charge = max(records.byteCount, 64 << 10) }

    /// Gives up what the budget counts.
    func takeCharge() -> Int {
        defer { charge = 0 }
        return charge
    }

    /// Whether a record's partition is still this member's, as it was when it was fetched.
    func isOwned(_ index: Int32, in ledger: PartitionLedger) -> Bool {
        ledger.holds(places[Int(index)].slot, since: generation)
    }

    /// Records are done with and may be committed; returns how many of them were not before.
    func resolve(_ indices: some Sequence<Int32>, in ledger: inout PartitionLedger) -> Int {
        var count = 0
        for index in indices {
            guard let number = places[Int(index)].number else { continue }
            ledger.resolve(places[Int(index)].slot, number, since: generation)
            places[Int(index)].number = nil
            count += 1
        }
        unresolved -= count
        return count
    }

    /// Records are dropped and must not be committed; returns how many of them were still in hand.
    func drop(_ indices: some Sequence<Int32>) -> Int {
        var count = 0
        for index in indices where places[Int(index)].number != nil {
            places[Int(index)].number = nil
            count += 1
        }
        unresolved -= count
        return count
    }

    /// Drops the records whose partition was not assigned when they came; returns how many.
    func dropUntracked() -> Int {
        let count = places.count { $0.number == nil }
        unresolved -= count
        return count
    }
}
