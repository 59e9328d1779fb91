/// The end of a broker that a sink reads from: a member of a consumer group.
///
/// It is used on one event loop only. Records come by ``poll(into:maximum:byteLimit:)``; what else
/// happens comes by ``nextEvent()``. Every assignment and revocation waits for its answer, which may
/// come seconds later.
package protocol GroupConsumer: AnyObject {
    /// Numbers the partitions of the records that are polled.
    var partitions: PartitionTable { get }

    /// Joins the group for topics.
    func subscribe(to topics: TopicSelection) async throws(BrokerError)

    /// Follows the topics that a pattern matches, until the task is cancelled; returns at once where
    /// topics are named.
    func keepTopicsFresh() async

    /// Fetches what has arrived, without waiting; stops early where an event has come.
    func poll(into batch: RecordBatch, maximum: Int, byteLimit: Int) -> FetchResult

    /// What there is to tell beside records; nil when there is nothing.
    func nextEvent() -> GroupEvent?

    /// Waits until there may be something to poll, until ``wake()``, or for a time at most.
    func waitUntilReady(atMost duration: Duration) async

    /// Ends ``waitUntilReady(atMost:)``.
    func wake()

    /// Takes the partitions of a ``GroupEvent/assigned(_:)`` event; they flow.
    func assign(_ partitions: [TopicPartition]) throws(BrokerError)

    /// Gives back the partitions of a ``GroupEvent/revoked(_:)`` or ``GroupEvent/lost(_:)`` event.
    func unassign(_ partitions: [TopicPartition]) throws(BrokerError)

    /// Stops fetching, so that polling brings no records.
    func pause(_ partitions: [TopicPartition]) throws(BrokerError)

    /// Fetches again.
    func resume(_ partitions: [TopicPartition]) throws(BrokerError)

    /// Commits positions, each the offset of the next record to read, and waits for the answer.
    func commit(_ positions: [TopicPartition: Int64]) async throws(BrokerError)

    /// Asks the broker something harmless, to see whether it answers.
    func probe() async throws(BrokerError)

    /// Leaves the group; returns when nothing of the consumer is left.
    func close(timeout: Duration) async
}
