/// What became of one record that was handed to a producer.
package struct DeliveryReport: Sendable, Hashable {
    /// The number that ``KafkaProducer/produce(_:to:partition:headers:identifier:)`` was given.
    package var identifier: Int
    /// The partition the record went to; -1 where none was chosen.
    package var partition: Int32
    /// Its offset there; negative where the record did not arrive.
    package var offset: Int64
    /// Why it did not arrive; nil where it did.
    package var error: KafkaErrorCode?
}
