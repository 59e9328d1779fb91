/// A topic as a broker describes it.
package struct TopicDescription: Sendable, Hashable {
    package var name: String
    package var partitionCount: Int
    /// What is wrong with it, where something is.
    package var error: KafkaError?
}
