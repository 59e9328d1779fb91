/// Changes records on their way, one at a time.
///
/// A transform reads the record's views and writes new values; it never changes a value in place.
/// It is made once per worker and is pure computation: it neither waits nor does I/O.
public protocol Transform: AnyObject {
    /// Looks at a record and says what becomes of it.
    ///
    /// - Parameters:
    ///   - record: The record as the stage before left it.
    ///   - edit: Takes what is new; what is not set stays as it is.
    /// - Returns: Whether the record goes on.
    /// - Throws: A ``ConversionError``: the record goes where `errors.tolerance` says.
    func transform(
        _ record: SinkRecord, _ edit: inout RecordEdit
    ) throws(ConversionError) -> TransformResult
}

/// Whether a record goes on.
public enum TransformResult: Sendable {
    /// It goes on, with the edits that were made.
    case keep
    /// It ends here, and counts as done.
    case drop
}

/// What a transform changes of a record.
///
/// Its values may be made by hand or taken from the record; they are copied into the batch.
public struct RecordEdit {
    package private(set) var key: Value??
    package private(set) var value: Value??

    package init() {}

    /// Replaces the key; nil makes it null.
    public mutating func setKey(_ key: Value?) { self.key = .some(key) }

    /// Replaces the value; nil makes the record a tombstone.
    public mutating func setValue(_ value: Value?) { self.value = .some(value) }
}
