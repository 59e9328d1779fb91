/// Numbers the partitions that one consumer has ever been assigned.
///
/// Records refer to their partition by its slot, so that no string is made or compared per record.
/// Slots are only added; there are as many as partitions were seen.
///
/// `@unchecked Sendable`: written on its consumer's loop alone; a batch reads only slots that were
/// there before the batch was handed on.
package final class PartitionTable: @unchecked Sendable {
    private var partitions: [TopicPartition] = []
    private var slots: [TopicPartition: Int32] = [:]

    package init() {}

    package var count: Int { partitions.count }

    /// The slot of a partition, given now if it has none yet.
    package func slot(of partition: TopicPartition) -> Int32 {
        if let slot = slots[partition] { return slot }
        let slot = Int32(partitions.count)
        partitions.append(partition)
        slots[partition] = slot
        return slot
    }

    /// The partition in a slot.
    package subscript(slot: Int32) -> TopicPartition { partitions[Int(slot)] }
}
