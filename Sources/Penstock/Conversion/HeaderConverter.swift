/// Turns the bytes of a record's headers into values, and back.
///
/// Made and called as a ``Converter`` is.
public protocol HeaderConverter: AnyObject {
    /// Reads a header's bytes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes; nil for null.
    ///   - name: The header's name.
    ///   - topic: The record's topic.
    ///   - builder: Takes the value. Writing nothing makes null.
    /// - Throws: A ``ConversionError``: the record goes where `errors.tolerance` says.
    func read(
        _ bytes: RecordBytes?, name: String, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError)

    /// Writes a header's value as bytes.
    ///
    /// - Returns: The bytes; nil for null.
    /// - Throws: A ``ConversionError``: the value cannot be written in this format.
    func write(
        _ value: Value?, name: String, topic: String
    ) throws(ConversionError) -> [UInt8]?
}
