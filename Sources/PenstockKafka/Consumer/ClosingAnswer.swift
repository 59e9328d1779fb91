import CPenstockRDKafka
import PenstockIO
import Synchronization
import Penstock

/// The answer to a rebalance while a group is being left, on a thread of its own: partitions are given
/// back, and new ones are not taken.
///
/// Where the call never comes back the thread stays, with the client that it waits for.
final class ClosingAnswer: Sendable {
    private let done = Atomic(false)

    /// Whether the call has come back.
    var isDone: Bool { done.load(ordering: .acquiring) }

    init(
        giving partitions: [TopicPartition], of client: SharedClient, isCooperative: Bool,
        onEnd: @escaping @Sendable () -> Void
    ) {
        // Where there is no thread it is never done, and the client is left alone in the end.
        _ = DetachedThread.start(name: "kafka-leave") { [self] in
            let list = PartitionList(partitions)
            // What it says matters to nobody any more.
            if isCooperative {
                if let error = rd_kafka_incremental_unassign(client.pointer, list.pointer) {
                    rd_kafka_error_destroy(error)
                }
            } else {
                rd_kafka_assign(client.pointer, nil)
            }
            done.store(true, ordering: .releasing)
            onEnd()
        }
    }
}
