/// What a member of a group has to be told beside records.
package enum GroupEvent: Sendable {
    /// Partitions were given to this member.
    case assigned([TopicPartition])
    /// Partitions are to be given back; the group waits.
    case revoked([TopicPartition])
    /// Partitions are another member's already.
    case lost([TopicPartition])
    /// Something is wrong; the consumer goes on unless the error's kind is fatal.
    case failure(BrokerError)
}
