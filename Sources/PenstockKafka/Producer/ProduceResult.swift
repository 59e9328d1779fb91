/// Whether a producer took a record.
package enum ProduceResult: Sendable, Hashable {
    /// It did; a delivery report will follow.
    case queued
    /// Its queue is full: come again when reports have come in.
    case queueFull
    /// It did not, and no report will follow.
    case failed(KafkaError)
}
