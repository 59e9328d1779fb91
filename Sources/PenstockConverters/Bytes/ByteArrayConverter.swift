public import Penstock

/// Passes bytes through as they are, as Kafka Connect's `ByteArrayConverter` does.
public final class ByteArrayConverter: Converter {
    private static let schema = Schema(.bytes, isOptional: true)

    /// Makes a converter.
    public init() {}

    /// Takes the bytes as a value.
    public func read(
        _ bytes: RecordBytes?, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) {
        guard let bytes else { return }
        builder.bytes(bytes.range(in: builder.arena), Self.schema)
    }

    /// Gives the bytes of a value, which must hold bytes.
    public func write(
        _ value: Value?, schema: Schema?, topic: String
    ) throws(ConversionError) -> [UInt8]? {
        if let schema, schema.type != .bytes {
            throw ConversionError("\(schema.type) by its schema, where bytes are asked for")
        }
        guard let value, !value.isNull else { return nil }
        guard let bytes = value.bytes else {
            throw ConversionError("\(value.kind), where bytes are asked for")
        }
        return bytes
    }
}

extension ByteArrayConverter: HeaderConverter {
    /// Takes a header's bytes as a value.
    public func read(
        _ bytes: RecordBytes?, name: String, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) { try read(bytes, topic: topic, into: &builder) }

    /// Gives the bytes of a header's value.
    public func write(
        _ value: Value?, name: String, topic: String
    ) throws(ConversionError) -> [UInt8]? {
        try write(value, schema: value?.schema, topic: topic)
    }
}
