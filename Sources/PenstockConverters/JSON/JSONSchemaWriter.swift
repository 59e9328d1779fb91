import Penstock

/// Writes schemas as JSON, member for member as Kafka Connect does.
struct JSONSchemaWriter {
    let payloads: JSONPayloadWriter

    func write(
        _ schema: Schema, field: String? = nil, to output: inout OutputBuffer
    ) throws(ConversionProblem) {
        output.append("{\"type\":\"")
        output.append(text: schema.type.jsonName)
        output.append("\"")
        try parts(of: schema, to: &output)
        output.append(schema.isOptional ? ",\"optional\":true" : ",\"optional\":false")
        if let name = schema.name { member(",\"name\":", name, &output) }
        if let version = schema.version {
            output.append(",\"version\":")
            output.append(Int64(version))
        }
        if let text = schema.documentation { member(",\"doc\":", text, &output) }
        parameters(of: schema, to: &output)
        if let value = schema.defaultValue {
            output.append(",\"default\":")
            try payloads.write(value, schema, to: &output)
        }
        if let field { member(",\"field\":", field, &output) }
        output.append("}")
    }

    private func parts(
        of schema: Schema, to output: inout OutputBuffer
    ) throws(ConversionProblem) {
        if schema.type == .struct {
            output.append(",\"fields\":[")
            for (position, field) in schema.fields.enumerated() {
                if position > 0 { output.append(",") }
                try write(field.schema, field: field.name, to: &output)
            }
            output.append("]")
        }
        if let keys = schema.keys {
            output.append(",\"keys\":")
            try write(keys, to: &output)
        }
        if let values = schema.values {
            output.append(schema.type == .array ? ",\"items\":" : ",\"values\":")
            try write(values, to: &output)
        }
    }

    private func parameters(of schema: Schema, to output: inout OutputBuffer) {
        guard !schema.parameters.isEmpty else { return }
        output.append(",\"parameters\":{")
        for (position, parameter) in schema.parameters.sorted(by: { $0.key < $1.key }).enumerated()
        {
            if position > 0 { output.append(",") }
            output.appendConnectJSON(parameter.key)
            output.append(":")
            output.appendConnectJSON(parameter.value)
        }
        output.append("}")
    }

    private func member(_ name: StaticString, _ value: String, _ output: inout OutputBuffer) {
        output.append(name)
        output.appendConnectJSON(value)
    }
}
