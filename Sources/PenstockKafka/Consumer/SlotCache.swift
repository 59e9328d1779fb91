import CPenstockRDKafka
import Penstock

/// Finds a fetched record's slot by the library's pointer to its topic and the partition's number,
/// so that no name is read per record.
///
/// The library may reuse a pointer for another topic once a topic has left the assignment: the
/// cache is emptied at every rebalance.
struct SlotCache {
    private var topics: [OpaquePointer: Int] = [:]
    private var slots: [[Int32]] = []
    private var lastTopic: OpaquePointer?
    private var lastIndex = 0

    private static let unknown: Int32 = -1

    mutating func slot(topic: OpaquePointer, partition: Int32, in table: PartitionTable) -> Int32 {
        if topic != lastTopic { find(topic) }
        let index = Int(partition)
        if index < slots[lastIndex].count {
            let slot = slots[lastIndex][index]
            if slot != Self.unknown { return slot }
        }
        return add(topic: topic, partition: partition, to: table)
    }

    mutating func removeAll() {
        topics.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
        lastTopic = nil
    }

    private mutating func find(_ topic: OpaquePointer) {
        lastTopic = topic
        if let index = topics[topic] {
            lastIndex = index
        } else {
            lastIndex = slots.count
            topics[topic] = lastIndex
            slots.append([])
        }
    }

    private mutating func add(
        topic: OpaquePointer, partition: Int32, to table: PartitionTable
    ) -> Int32 {
        let name = String(cString: rd_kafka_topic_name(topic))
        let slot = table.slot(of: TopicPartition(topic: name, partition: partition))
        let missing = Int(partition) + 1 - slots[lastIndex].count
        if missing > 0 {
            slots[lastIndex].append(contentsOf: repeatElement(Self.unknown, count: missing))
        }
        slots[lastIndex][Int(partition)] = slot
        return slot
    }
}
