public import Penstock

/// Turns headers' text into values and back, as Kafka Connect's `SimpleHeaderConverter` does,
/// without losing any of it.
///
/// Text that is wholly a boolean, a number, a date, a time, an array or a map becomes one, of the
/// narrowest type that keeps every digit; all other text is a string. What is not text stays bytes.
public final class SimpleHeaderConverter: HeaderConverter {
    private static let string = Schema(.string)
    private static let bytes = Schema(.bytes)
    private var schemas = SchemaPool()

    /// Makes a converter.
    public init() {}

    /// Reads a header's text.
    public func read(
        _ bytes: RecordBytes?, name: String, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) {
        guard let bytes else { return }
        guard bytes.withUnsafeBytes(JSONScanner.isUTF8) else {
            return builder.bytes(bytes.range(in: builder.arena), Self.bytes)
        }
        guard bytes.withUnsafeBytes(HeaderText.mayBeTyped),
            let element = bytes.withUnsafeBytes({ HeaderText($0).element() })
        else { return builder.string(bytes.range(in: builder.arena), Self.string) }
        if element.isNull { return }
        let schema = element.schema.flatMap { schemas.pooled($0) }
        element.write(schema, into: &builder)
    }

    /// Writes a header's value as text.
    public func write(
        _ value: Value?, name: String, topic: String
    ) throws(ConversionError) -> [UInt8]? {
        guard let value, !value.isNull else { return nil }
        if value.kind == .string { return Array(value.arena[value.token.range]) }
        var output = OutputBuffer(capacity: 64)
        HeaderTextWriter.write(value, value.schema, to: &output)
        return Array(output.bytes)
    }
}
