import Penstock

/// Writes values as the text of headers.
enum HeaderTextWriter {
    /// Writes a value; the depth of values is bounded where they are made, so this may recurse.
    static func write(_ value: Value, _ schema: Schema?, to output: inout OutputBuffer) {
        if let text = CalendarText.text(of: value, schema ?? value.schema) {
            return output.append(text: text)
        }
        switch value.kind {
        case .null: output.append("null")
        case .boolean: output.append(value.token.boolean ? "true" : "false")
        case .int8, .int16, .int32, .int64: output.append(value.token.integer)
        case .float32: output.append(text: JavaNumberText.text(Float(value.token.double)))
        case .float64: output.append(text: JavaNumberText.text(value.token.double))
        case .decimal:
            let parts = DecimalParts(value.arena[value.token.range])
            output.append(text: parts?.javaText ?? value.number ?? "")
        case .number: output.append(value.arena[value.token.range])
        case .string: quoted(value.arena[value.token.range], to: &output)
        case .bytes: output.appendBase64(value.arena[value.token.range])
        case .array: array(value, to: &output)
        case .map: map(value, to: &output)
        case .struct: `struct`(value, to: &output)
        }
    }

    private static func quoted(_ text: UnsafeRawBufferPointer, to output: inout OutputBuffer) {
        output.append("\"")
        for byte in text {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { output.append("\\") }
            output.append(byte)
        }
        output.append("\"")
    }

    private static func array(_ value: Value, to output: inout OutputBuffer) {
        output.append("[")
        var separate = false
        for element in value.elements {
            if separate { output.append(",") }
            separate = true
            write(element, nil, to: &output)
        }
        output.append("]")
    }

    private static func map(_ value: Value, to output: inout OutputBuffer) {
        output.append("{")
        var separate = false
        for (key, element) in value.pairs {
            if separate { output.append(",") }
            separate = true
            write(key, nil, to: &output)
            output.append(":")
            write(element, nil, to: &output)
        }
        output.append("}")
    }

    private static func `struct`(_ value: Value, to output: inout OutputBuffer) {
        output.append("{")
        var separate = false
        for (name, element) in value.fields {
            if separate { output.append(",") }
            separate = true
            Array(name.utf8).withUnsafeBytes { quoted($0, to: &output) }
            output.append(":")
            write(element, nil, to: &output)
        }
        output.append("}")
    }
}
