/// One record of a batch: where it came from and where its bytes and values lie.
package struct RecordEntry {
    /// Its partition's slot in the batch's table.
    package var slot: Int32
    package var timestampType: TimestampType
    package var offset: Int64
    package var timestamp: Timestamp
    /// The bytes of key and value as they came; nil for null.
    package var keyBytes: ByteRange?
    package var valueBytes: ByteRange?
    /// Its headers in the batch's list.
    package var firstHeader: Int32
    package var headerCount: Int32
    /// The tokens of key and value once they are converted; -1 for null.
    package var key: Int32 = -1
    package var value: Int32 = -1
}

/// One header of a record.
package struct HeaderEntry {
    package var name: ByteRange
    package var bytes: ByteRange?
    /// Its value's token once it is converted; -1 for null.
    package var value: Int32 = -1
}
