import CPenstockRDKafka
package import Penstock

extension KafkaConsumer {
    /// Takes the partitions of an ``ConsumerEvent/assigned(_:)`` event, by the group's protocol.
    ///
    /// They begin at their committed offsets, or where `positions` says, and flow: a partition that
    /// was paused when it was last revoked would stall for ever otherwise.
    package func assign(
        _ partitions: [TopicPartition], from positions: [TopicPartition: Int64] = [:]
    ) throws(KafkaError) {
        let list = PartitionList(capacity: partitions.count)
        for partition in partitions {
            list.append(
                partition, offset: positions[partition] ?? penstock_rdkafka_offset_invalid)
        }
        let pointer = try open()
        if isCooperative(pointer) {
            try check(rd_kafka_incremental_assign(pointer, list.pointer))
            assignment.formUnion(partitions)
        } else {
            try check(rd_kafka_assign(pointer, list.pointer))
            assignment = Set(partitions)
        }
        if !partitions.isEmpty { try check(rd_kafka_resume_partitions(pointer, list.pointer)) }
        assignmentChanged()
    }

    /// Gives back the partitions of a ``ConsumerEvent/revoked(_:)`` or ``ConsumerEvent/lost(_:)``
    /// event, by the group's protocol.
    package func unassign(_ partitions: [TopicPartition]) throws(KafkaError) {
        try giveBack(partitions, try open())
    }

    func giveBack(
        _ partitions: [TopicPartition], _ pointer: OpaquePointer
    ) throws(KafkaError) {
        for partition in partitions { heldQueues[partition] = nil }
        if isCooperative(pointer) {
            let list = PartitionList(partitions)
            try check(rd_kafka_incremental_unassign(pointer, list.pointer))
            assignment.subtract(partitions)
        } else {
            try check(rd_kafka_assign(pointer, nil))
            assignment = []
        }
        assignmentChanged()
    }

    /// Whether partitions come and go one by one, other than all at once.
    func isCooperative(_ pointer: OpaquePointer) -> Bool {
        guard let name = rd_kafka_rebalance_protocol(pointer) else { return false }
        return String(cString: name) == "COOPERATIVE"
    }

    private func assignmentChanged() {
        bridge.rebalanceWasAnswered()
        slots.removeAll()
        nudgeList = nudge == nil || assignment.isEmpty ? nil : PartitionList(assignment)
    }

    /// The client, or the error that says that it is closed or being closed.
    ///
    /// A commit behind the request to leave the group would end the process (librdkafka 2.0.2).
    func open() throws(KafkaError) -> OpaquePointer {
        guard let pointer, !isClosing else { throw KafkaError(.destroyed) }
        return pointer
    }

    func check(_ code: rd_kafka_resp_err_t) throws(KafkaError) {
        if let error = KafkaError(code) { throw error }
    }

    func check(_ error: OpaquePointer?) throws(KafkaError) {
        if let error { throw KafkaError(consuming: error) }
    }
}
