public import Penstock

/// Turns text into strings and back, as Kafka Connect's `StringConverter` does.
public final class StringConverter: Converter {
    private static let schema = Schema(.string, isOptional: true)

    /// Makes a converter.
    public init(_ configuration: Configuration = Configuration()) {}

    /// Reads text; bytes that are no text of the encoding are refused.
    public func read(
        _ bytes: RecordBytes?, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) {
        guard let bytes else { return }
        guard bytes.withUnsafeBytes(JSONScanner.isUTF8) else {
            throw ConversionError("the bytes are not text in UTF-8")
        }
        builder.string(bytes.range(in: builder.arena), Self.schema)
    }

    /// Writes a string, a number or a boolean as text.
    public func write(
        _ value: Value?, schema: Schema?, topic: String
    ) throws(ConversionError) -> [UInt8]? {
        guard let value, !value.isNull else { return nil }
        if let bytes = value.withUnsafeBytes({ [UInt8]($0) }), value.kind == .string {
            return bytes
        }
        guard let text = value.number ?? value.boolean.map(String.init) else {
            throw ConversionError("\(value.kind) cannot be written as text")
        }
        return Array(text.utf8)
    }
}

extension StringConverter: HeaderConverter {
    /// Reads a header's text.
    public func read(
        _ bytes: RecordBytes?, name: String, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) { try read(bytes, topic: topic, into: &builder) }

    /// Writes a header's value as text.
    public func write(
        _ value: Value?, name: String, topic: String
    ) throws(ConversionError) -> [UInt8]? {
        try write(value, schema: value?.schema, topic: topic)
    }
}

extension StringConverter {
    /// The settings of a ``StringConverter``.
    public struct Configuration: Configurable {
        /// Every option at its default.
        public init() {}

        /// The definitions.
        public static let options: [ConfigurationOption<Configuration>] = []
    }
}
