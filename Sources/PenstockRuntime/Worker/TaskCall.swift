import Penstock

/// One call of a task's function.
enum TaskCall: Sendable {
    case open([TopicPartition])
    case write(SinkBatch)
    case flush([TopicPartition])
    case close([TopicPartition], CloseReason)
    case stop
}
