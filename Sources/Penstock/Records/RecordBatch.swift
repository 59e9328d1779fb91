/// Records as they were fetched, with one arena for their bytes and values.
///
/// It is filled and converted by the worker that owns it, then only read.
///
/// `@unchecked Sendable`: every write happens on the worker's loop before the batch is handed to a
/// task; from then on nobody writes until `reset`, which asks `isKnownUniquelyReferenced` first.
package final class RecordBatch: @unchecked Sendable {
    package let partitions: PartitionTable
    package private(set) var arena: ValueArena
    package internal(set) var entries: ContiguousArray<RecordEntry> = []
    package internal(set) var headers: ContiguousArray<HeaderEntry> = []

    package init(partitions: PartitionTable) {
        self.partitions = partitions
        arena = ValueArena(byteCapacity: 64 << 10, tokenCapacity: 4096)
    }

    package var count: Int { entries.count }

    /// The bytes that the batch holds: what the budget of bytes in hand counts.
    package var byteCount: Int {
        arena.byteCount + arena.tokenCount * MemoryLayout<Token>.stride
    }

    /// Copies a fetched record.
    ///
    /// Null is nil; an empty key or value is not null.
    package func append(
        slot: Int32, offset: Int64, timestamp: Timestamp, timestampType: TimestampType,
        key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?
    ) {
        entries.append(
            RecordEntry(
                slot: slot, timestampType: timestampType, offset: offset, timestamp: timestamp,
                keyBytes: key.map(arena.append), valueBytes: value.map(arena.append),
                firstHeader: Int32(headers.count), headerCount: 0))
    }

    /// Copies a header of the record that was appended last.
    package func appendHeader(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer?) {
        headers.append(
            HeaderEntry(name: arena.append(name), bytes: value.map(arena.append)))
        entries[entries.count - 1].headerCount += 1
    }

    /// Notes the token of a record's converted key; -1 for null.
    package func setKey(_ token: Int32, of index: Int) { entries[index].key = token }

    /// Notes the token of a record's converted value; -1 for null.
    package func setValue(_ token: Int32, of index: Int) { entries[index].value = token }

    /// Notes the token of a header's converted value, by its place in ``headers``; -1 for null.
    package func setHeader(_ token: Int32, at place: Int) { headers[place].value = token }

    /// Empties the batch for new records; the arena is kept unless somebody holds a value of it.
    ///
    /// The caller has shown that nobody else holds the batch.
    package func reset() {
        entries.removeAll(keepingCapacity: true)
        headers.removeAll(keepingCapacity: true)
        if isKnownUniquelyReferenced(&arena) {
            arena.reset(keeping: 1 << 20)
        } else {
            arena = ValueArena(byteCapacity: 64 << 10, tokenCapacity: 4096)
        }
    }

    /// Where a record came from.
    package func origin(of index: Int) -> RecordOrigin {
        let entry = entries[index]
        return RecordOrigin(partition: partitions[entry.slot], offset: entry.offset)
    }
}
