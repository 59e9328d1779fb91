public import Penstock

/// Turns JSON into values and back, as Kafka Connect's `JsonConverter` does.
///
/// With schemas, a record is an object of `schema` and `payload`; without, it is any JSON text.
/// Numbers without a schema keep every digit.
public final class JSONConverter: Converter {
    private let configuration: Configuration

    /// Makes a converter.
    public init(_ configuration: Configuration = Configuration()) {
        self.configuration = configuration
    }

    /// Reads JSON; null, and text without anything in it, make null.
    public func read(
        _ bytes: RecordBytes?, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) {
        guard let bytes else { return }
        guard !configuration.hasSchemas else {
            throw ConversionError("JSON with schemas cannot be read yet")
        }
        _ = try JSONText.parse(bytes.range(in: builder.arena), in: builder.arena)
    }

    /// Writes JSON; null becomes null.
    public func write(
        _ value: Value?, schema: Schema?, topic: String
    ) throws(ConversionError) -> [UInt8]? {
        guard !configuration.hasSchemas else {
            throw ConversionError("JSON with schemas cannot be written yet")
        }
        return value?.json()
    }
}

extension JSONConverter: HeaderConverter {
    /// Reads a header's JSON.
    public func read(
        _ bytes: RecordBytes?, name: String, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) { try read(bytes, topic: topic, into: &builder) }

    /// Writes a header's value as JSON.
    public func write(
        _ value: Value?, name: String, topic: String
    ) throws(ConversionError) -> [UInt8]? {
        try write(value, schema: value?.schema, topic: topic)
    }
}
