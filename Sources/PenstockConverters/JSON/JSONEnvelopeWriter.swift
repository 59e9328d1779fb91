import Penstock

/// Writes values as JSON, with or without their schema.
struct JSONEnvelopeWriter: ~Copyable {
    private let hasSchemas: Bool
    private let bound: Int
    private let payloads: JSONPayloadWriter
    private let schemas: JSONSchemaWriter
    private var output = OutputBuffer()
    /// Texts of schemas, at most `bound`; each keeps its schema, so that no other has its identity.
    private var texts: [ObjectIdentifier: (schema: Schema, text: String)] = [:]

    init(_ configuration: JSONConverter.Configuration) {
        hasSchemas = configuration.hasSchemas
        bound = Int(max(configuration.schemaCacheSize, 0))
        payloads = JSONPayloadWriter(
            decimalFormat: configuration.decimalFormat,
            replacesNullWithDefault: configuration.replacesNullWithDefault)
        schemas = JSONSchemaWriter(payloads: payloads)
    }

    mutating func write(_ value: Value?, _ schema: Schema?) throws(ConversionError) -> [UInt8] {
        output.truncate(to: 0)
        do throws(ConversionProblem) {
            if hasSchemas {
                output.append("{\"schema\":")
                if let schema {
                    output.append(text: try text(of: schema))
                } else {
                    output.append("null")
                }
                output.append(",\"payload\":")
            }
            try payloads.write(value, schema, to: &output)
            if hasSchemas { output.append("}") }
        } catch {
            throw error.error
        }
        return Array(output.bytes)
    }

    private mutating func text(of schema: Schema) throws(ConversionProblem) -> String {
        if let known = texts[ObjectIdentifier(schema)] { return known.text }
        var buffer = OutputBuffer()
        try schemas.write(schema, to: &buffer)
        let text = String(decoding: buffer.bytes, as: UTF8.self)
        if texts.count >= bound { texts.removeAll(keepingCapacity: true) }
        if bound > 0 { texts[ObjectIdentifier(schema)] = (schema, text) }
        return text
    }
}
