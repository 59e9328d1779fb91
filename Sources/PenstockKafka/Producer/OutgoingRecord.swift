package import Penstock

/// The bytes of one record on its way to a producer, which copies them.
package struct OutgoingRecord {
    /// Null is nil; empty bytes are not null.
    package var key: UnsafeRawBufferPointer?
    /// Null is nil: a tombstone.
    package var value: UnsafeRawBufferPointer?
    /// The producer's own clock where it is nil.
    package var timestamp: Timestamp?

    package init(
        key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?, timestamp: Timestamp? = nil
    ) {
        self.key = key
        self.value = value
        self.timestamp = timestamp
    }
}
