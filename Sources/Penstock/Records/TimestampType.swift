/// Who set a record's timestamp.
public enum TimestampType: UInt8, Sendable {
    /// The record has none.
    case none
    /// The producer.
    case createTime
    /// The broker, when it appended the record.
    case logAppendTime
}
