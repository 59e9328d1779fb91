public import Penstock

/// Turns JSON into values and back, as Kafka Connect's `JsonConverter` does.
///
/// With schemas, a record is an object of `schema` and `payload`; without, it is any JSON text.
/// Numbers without a schema keep every digit, and what does not fit its schema is refused.
public final class JSONConverter: Converter {
    private let configuration: Configuration
    /// The schema of bare payloads, where one is configured.
    private let content: JSONSchema?
    private var reader: JSONEnvelopeReader
    private var writer: JSONEnvelopeWriter

    /// Makes a converter.
    /// - Throws: Where ``Configuration/schemaContent`` is not a schema.
    public convenience init(_ configuration: Configuration) throws(ConversionError) {
        self.init(configuration, content: try configuration.content())
    }

    /// Makes a converter with every option at its default.
    public convenience init() { self.init(Configuration(), content: nil) }

    /// Makes a converter of a configuration whose faults are known; one with faults is not used.
    convenience init(checked configuration: Configuration) {
        self.init(configuration, content: try? configuration.content())
    }

    private init(_ configuration: Configuration, content: JSONSchema?) {
        self.configuration = configuration
        self.content = content
        reader = JSONEnvelopeReader(configuration)
        writer = JSONEnvelopeWriter(configuration)
    }

    /// Reads JSON; null makes null, whether bytes, text or payload, and so does text without
    /// anything in it where no schema is asked for.
    public func read(
        _ bytes: RecordBytes?, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) {
        guard let bytes else { return }
        let arena = builder.arena
        let start = arena.tokenCount
        try read(bytes.range(in: arena), into: &builder)
        // A null is no value, however it is written: a tombstone is one in every format.
        if arena.tokenCount > start, arena[start].kind == .null { builder.unwind(to: start) }
    }

    private func read(
        _ range: ByteRange, into builder: inout ValueBuilder
    ) throws(ConversionError) {
        guard configuration.hasSchemas else {
            _ = try JSONText.parse(range, in: builder.arena)
            return
        }
        guard let content else { return try reader.read(range, into: &builder) }
        let payload = try JSONText.parse(range, in: builder.arena)
        try JSONEnvelopeReader.convert(
            payload, content,
            replacesNullWithDefault: configuration.replacesNullWithDefault, &builder)
    }

    /// Writes JSON; null without a schema becomes null.
    public func write(
        _ value: Value?, schema: Schema?, topic: String
    ) throws(ConversionError) -> [UInt8]? {
        guard value != nil || schema != nil else { return nil }
        return try writer.write(value, schema ?? value?.schema)
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
