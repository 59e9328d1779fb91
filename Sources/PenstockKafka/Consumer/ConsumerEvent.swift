package import Penstock

/// What a consumer has to be told beside records.
package enum ConsumerEvent: Sendable, Hashable {
    /// Partitions were given to this member: answer with ``KafkaConsumer/assign(_:from:)``.
    case assigned([TopicPartition])
    /// Partitions are to be given back: write and commit what is in hand, then answer with
    /// ``KafkaConsumer/unassign(_:)``. The group waits.
    case revoked([TopicPartition])
    /// Partitions were taken away: nothing of them can be committed any more. Answer with
    /// ``KafkaConsumer/unassign(_:)``.
    case lost([TopicPartition])
    /// Something is wrong; the consumer goes on unless the error's kind is fatal.
    case failure(KafkaError)
}
