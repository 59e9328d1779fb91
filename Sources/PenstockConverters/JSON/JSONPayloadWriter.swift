import Penstock

/// Writes values as JSON by their schema, or by their kind where they have none.
struct JSONPayloadWriter {
    let decimalFormat: JSONConverter.DecimalFormat
    let replacesNullWithDefault: Bool

    /// Writes a value; the depth of values is bounded where they are made, so this may recurse.
    func write(
        _ value: Value?, _ schema: Schema?, to output: inout OutputBuffer
    ) throws(ConversionProblem) {
        guard let value, !value.isNull else { return try null(schema, to: &output) }
        guard let schema else { return try write(value, to: &output) }
        switch schema.logicalType {
        case .decimal: return try decimal(value, schema, to: &output)
        case .date, .time, .timestamp: return try time(value, schema, to: &output)
        case nil: break
        }
        guard value.kind == schema.type.kind else {
            throw ConversionProblem("\(value.kind), where its schema asks for \(schema.type)")
        }
        switch schema.type {
        case .array: try array(value, schema.values, to: &output)
        case .map: try map(value, schema, to: &output)
        case .struct: try `struct`(value, schema, to: &output)
        default: try write(value, to: &output)
        }
    }

    private func null(
        _ schema: Schema?, to output: inout OutputBuffer
    ) throws(ConversionProblem) {
        guard let schema else { return output.append("null") }
        if replacesNullWithDefault, let value = schema.defaultValue {
            return try write(value, schema, to: &output)
        }
        guard schema.isOptional else {
            throw ConversionProblem("null, where its schema asks for \(schema.type)")
        }
        output.append("null")
    }

    /// Writes a value by its kind.
    private func write(_ value: Value, to output: inout OutputBuffer) throws(ConversionProblem) {
        switch value.kind {
        case .null: output.append("null")
        case .boolean: output.append(value.token.boolean ? "true" : "false")
        case .int8, .int16, .int32, .int64: output.append(value.token.integer)
        case .float32: float(JavaNumberText.text(Float(value.token.double)), to: &output)
        case .float64: float(JavaNumberText.text(value.token.double), to: &output)
        case .number, .decimal: output.append(value.arena[value.token.range])
        case .string: output.appendConnectJSON(string: value.arena[value.token.range])
        case .bytes:
            output.append("\"")
            output.appendBase64(value.arena[value.token.range])
            output.append("\"")
        case .array: try array(value, nil, to: &output)
        case .map: try map(value, nil, to: &output)
        case .struct:
            guard let schema = value.schema else {
                throw ConversionProblem("a struct of no schema")
            }
            try `struct`(value, schema, to: &output)
        }
    }

    /// NaN and the infinities, which JSON does not have, are strings.
    private func float(_ text: String, to output: inout OutputBuffer) {
        let isFinite = text.utf8.last != UInt8(ascii: "N") && text.utf8.last != UInt8(ascii: "y")
        if !isFinite { output.append("\"") }
        output.append(text: text)
        if !isFinite { output.append("\"") }
    }

    // MARK: Logical types

    private func decimal(
        _ value: Value, _ schema: Schema, to output: inout OutputBuffer
    ) throws(ConversionProblem) {
        guard value.kind == .decimal || value.kind == .number else {
            throw ConversionProblem("\(value.kind), where its schema asks for a Decimal")
        }
        let text = value.arena[value.token.range]
        guard let parts = DecimalParts(text) else {
            throw ConversionProblem("a Decimal whose exponent does not fit 32 bits")
        }
        if decimalFormat == .numeric { return output.append(text: parts.javaText) }
        guard let scale = schema.parameters["scale"].flatMap({ Int($0) }) else {
            throw ConversionProblem("its schema is a Decimal without a scale")
        }
        guard scale == parts.scale else {
            throw ConversionProblem("a Decimal of scale \(parts.scale), its schema's is \(scale)")
        }
        output.append("\"")
        UnscaledDecimal.bytes(of: parts).withUnsafeBytes { output.appendBase64($0) }
        output.append("\"")
    }

    private func time(
        _ value: Value, _ schema: Schema, to output: inout OutputBuffer
    ) throws(ConversionProblem) {
        guard value.kind.isInteger else {
            throw ConversionProblem("\(value.kind), where its schema asks for \(schema.type)")
        }
        if schema.logicalType == .time, !(0...86_400_000).contains(value.token.integer) {
            throw ConversionProblem("a time that is not within a day")
        }
        output.append(value.token.integer)
    }

    // MARK: Containers

    private func array(
        _ value: Value, _ schema: Schema?, to output: inout OutputBuffer
    ) throws(ConversionProblem) {
        output.append("[")
        var separate = false
        for element in value.elements {
            if separate { output.append(",") }
            separate = true
            try write(element, schema, to: &output)
        }
        output.append("]")
    }

    /// A map is an object where its keys are strings, else an array of pairs.
    private func map(
        _ value: Value, _ schema: Schema?, to output: inout OutputBuffer
    ) throws(ConversionProblem) {
        let isObject =
            schema?.keys.map { $0.type == .string }
            ?? value.pairs.allSatisfy { $0.key.kind == .string }
        output.append(isObject ? "{" : "[")
        var separate = false
        for (key, element) in value.pairs {
            if separate { output.append(",") }
            separate = true
            if isObject, key.kind != .string {
                throw ConversionProblem("\(key.kind) as the key of a map under strings")
            }
            if !isObject { output.append("[") }
            try write(key, schema?.keys, to: &output)
            output.append(isObject ? ":" : ",")
            try write(element, schema?.values, to: &output)
            if !isObject { output.append("]") }
        }
        output.append(isObject ? "}" : "]")
    }

    private func `struct`(
        _ value: Value, _ schema: Schema, to output: inout OutputBuffer
    ) throws(ConversionProblem) {
        guard value.schema == schema else {
            throw ConversionProblem("a struct of another schema than its place asks for")
        }
        output.append("{")
        var separate = false
        var fields = schema.fields.makeIterator()
        for (name, element) in value.fields {
            if separate { output.append(",") }
            separate = true
            output.appendConnectJSON(name)
            output.append(":")
            do {
                try write(element, fields.next()?.schema, to: &output)
            } catch {
                throw error.inside(name)
            }
        }
        output.append("}")
    }
}
