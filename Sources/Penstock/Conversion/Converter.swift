/// Turns the bytes of a record's key or value into a value, and back.
///
/// A converter is made once per worker and side, and called for one record at a time, so it may
/// keep caches without a lock. It is pure computation: it neither waits nor does I/O.
public protocol Converter: AnyObject {
    /// Reads a key's or a value's bytes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes; nil for null.
    ///   - topic: The record's topic.
    ///   - builder: Takes the value. Writing nothing makes null.
    /// - Throws: A ``ConversionError``: the record goes where `errors.tolerance` says.
    func read(
        _ bytes: RecordBytes?, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError)

    /// Writes a value as bytes.
    ///
    /// - Parameters:
    ///   - value: The value; nil for null.
    ///   - schema: The schema of the value, where there is one: null has no schema of its own.
    ///   - topic: The topic that the record goes to.
    /// - Returns: The bytes; nil for null.
    /// - Throws: A ``ConversionError``: the value cannot be written in this format.
    func write(
        _ value: Value?, schema: Schema?, topic: String
    ) throws(ConversionError) -> [UInt8]?
}
