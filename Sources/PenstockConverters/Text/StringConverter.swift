public import Penstock

/// Turns text into strings and back, as Kafka Connect's `StringConverter` does.
///
/// Bytes that are no text of the encoding, and characters that it does not have, are refused
/// instead of replaced.
public final class StringConverter: Converter {
    private static let schema = Schema(.string, isOptional: true)
    private let encoding: TextEncoding

    /// Makes a converter.
    public init(_ configuration: Configuration = Configuration()) {
        encoding = configuration.encoding
    }

    /// Reads text.
    public func read(
        _ bytes: RecordBytes?, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) {
        guard let bytes else { return }
        if encoding == .utf8 {
            guard bytes.withUnsafeBytes(JSONScanner.isUTF8) else { throw malformed }
            return builder.string(bytes.range(in: builder.arena), Self.schema)
        }
        guard let text = bytes.withUnsafeBytes(encoding.decode) else { throw malformed }
        builder.string(text.withUnsafeBytes { builder.arena.append($0) }, Self.schema)
    }

    /// Writes a value as text: a string as it is, everything else as Java would show it.
    public func write(
        _ value: Value?, schema: Schema?, topic: String
    ) throws(ConversionError) -> [UInt8]? {
        guard let value, !value.isNull else { return nil }
        let encoded: [UInt8]?
        if value.kind == .string {
            encoded = encoding.encode(value.arena[value.token.range])
        } else {
            var text = try JavaValueText.text(of: value, schema)
            encoded = text.withUTF8 { encoding.encode(UnsafeRawBufferPointer($0)) }
        }
        guard let encoded else {
            throw ConversionError("the text has characters that \(encoding.name) does not have")
        }
        return encoded
    }

    private var malformed: ConversionError {
        ConversionError("the bytes are not text in \(encoding.name)")
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
        /// How text becomes bytes.
        public var encoding = TextEncoding.utf8

        /// Every option at its default.
        public init() {}

        /// The definitions.
        public static let options: [ConfigurationOption<Configuration>] = [
            .init(
                "converter.encoding", \.encoding, .textEncoding, importance: .high,
                "How text becomes bytes.")
        ]
    }
}
