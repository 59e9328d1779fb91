import Penstock

/// Reads records that carry their schema.
///
/// A record whose schema is written as the one before costs no more for it than a comparison.
struct JSONEnvelopeReader {
    private let replacesNullWithDefault: Bool
    private var cache: JSONSchemaCache
    private var last: (text: [UInt8], schema: JSONSchema?) = ([], nil)

    init(_ configuration: JSONConverter.Configuration) {
        replacesNullWithDefault = configuration.replacesNullWithDefault
        cache = JSONSchemaCache(bound: configuration.schemaCacheSize)
    }

    /// Reads a record; nothing of it stays where that fails.
    mutating func read(
        _ range: ByteRange, into builder: inout ValueBuilder
    ) throws(ConversionError) {
        let arena = builder.arena
        let text = JSONText.withoutByteOrderMark(range, in: arena)
        let usual = JSONEnvelope.locate(arena[text], known: last.text)
        let envelope = if let usual { usual } else { try irregular(text, in: arena) }
        let schema =
            envelope.isKnown
            ? last.schema : try schema(text.part(envelope.schema), in: arena)
        guard let payload = try parse(text, envelope, in: arena) else {
            throw Self.notAnEnvelope
        }
        guard let schema else { return }
        try Self.convert(
            payload, schema, replacesNullWithDefault: replacesNullWithDefault, &builder)
    }

    /// Puts a payload's value by its schema in the place of its tokens.
    static func convert(
        _ payload: Int?, _ schema: JSONSchema, replacesNullWithDefault: Bool,
        _ builder: inout ValueBuilder
    ) throws(ConversionError) {
        let arena = builder.arena
        let start = arena.tokenCount
        do {
            var reader = try JSONPayloadReader(
                schema, in: arena, replacesNullWithDefault: replacesNullWithDefault)
            try reader.read(payload, 0, into: &builder)
        } catch {
            builder.unwind(to: payload ?? start)
            throw error.error
        }
        if let payload { arena.removeTokens(payload..<start) }
    }

    private func parse(
        _ text: ByteRange, _ envelope: JSONEnvelope, in arena: ValueArena
    ) throws(ConversionError) -> Int? {
        do {
            return try JSONParser.parse(text.part(envelope.payload), in: arena)
        } catch {
            let place = JSONError(error.code, at: error.offset + envelope.payload.lowerBound)
            throw ConversionError(JSONText.problem, cause: place)
        }
    }

    // MARK: Schemas

    /// The schema in a range; nil for null.
    private mutating func schema(
        _ range: ByteRange, in arena: ValueArena
    ) throws(ConversionError) -> JSONSchema? {
        let text = arena[range]
        if text.elementsEqual("null".utf8) { return nil }
        let known = cache.schema(of: text)
        let schema = if let known { known } else { try readSchema(Array(text)) }
        // Only a whole object can be recognised by its beginning.
        if text.first == UInt8(ascii: "{") { last = (Array(text), schema) }
        return schema
    }

    private mutating func readSchema(_ text: [UInt8]) throws(ConversionError) -> JSONSchema {
        let schema = try Self.schema(text, replacesNullWithDefault: replacesNullWithDefault)
        cache.add(schema, of: text)
        return schema
    }

    /// Makes a schema of its text.
    static func schema(
        _ text: [UInt8], replacesNullWithDefault: Bool
    ) throws(ConversionError) -> JSONSchema {
        let json: Value
        do {
            json = try Value(json: text, maximumDepth: JSONSchemaReader.maximumTextDepth)
        } catch {
            throw ConversionError("its schema cannot be read as JSON", cause: error)
        }
        do {
            let reader = JSONSchemaReader(replacesNullWithDefault: replacesNullWithDefault)
            return JSONSchema(try reader.read(json))
        } catch {
            throw error.error
        }
    }

    // MARK: Other forms

    private static let notAnEnvelope = ConversionError(
        "the record is not an object of schema and payload, and of nothing else, as "
            + "schemas.enable=true asks for")

    /// The parts of a text in an unusual form: escapes in names, or names that are repeated.
    private func irregular(
        _ text: ByteRange, in arena: ValueArena
    ) throws(ConversionError) -> JSONEnvelope {
        let value: Value
        do {
            value = try Value(
                json: arena[text], maximumDepth: JSONSchemaReader.maximumTextDepth + 1)
        } catch {
            if JSONText.isBlank(arena[text]) { throw Self.notAnEnvelope }
            throw ConversionError(JSONText.problem, cause: error)
        }
        guard value.kind == .map, value.count == 2 else { throw Self.notAnEnvelope }
        var parts: [String: Range<Int>] = [:]
        for pair in JSONEnvelope.pairs(arena[text]) {
            let name = try? Value(json: arena[text.part(pair.name)])
            if let name = name?.string { parts[name] = pair.value }
        }
        guard let schema = parts["schema"], let payload = parts["payload"] else {
            throw Self.notAnEnvelope
        }
        return JSONEnvelope(schema: schema, payload: payload)
    }
}

extension ByteRange {
    /// A part of it, by its offsets from its beginning.
    fileprivate func part(_ part: Range<Int>) -> ByteRange {
        ByteRange(offset: Int(offset) + part.lowerBound, count: part.count)
    }
}
