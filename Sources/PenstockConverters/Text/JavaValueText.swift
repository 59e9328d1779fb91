import Penstock

/// Values as the text that Java's `toString` shows, for those of which it loses nothing.
enum JavaValueText {
    /// The text of a value that is not null.
    ///
    /// Dates and times are ISO 8601, in UTC, with all their digits.
    /// The depth of values is bounded where they are made, so this may recurse.
    static func text(of value: Value, _ schema: Schema?) throws(ConversionError) -> String {
        if let text = CalendarText.text(of: value, schema ?? value.schema) { return text }
        switch value.kind {
        case .null: return "null"
        case .boolean: return value.token.boolean ? "true" : "false"
        case .int8, .int16, .int32, .int64: return String(value.token.integer)
        case .float32: return JavaNumberText.text(Float(value.token.double))
        case .float64: return JavaNumberText.text(value.token.double)
        case .decimal, .number:
            let text = value.arena[value.token.range]
            let parts = value.kind == .decimal ? DecimalParts(text) : nil
            return parts?.javaText ?? String(decoding: text, as: UTF8.self)
        case .string: return value.string ?? ""
        case .bytes:
            throw ConversionError("bytes cannot be written as text; ByteArrayConverter writes them")
        case .array: return "[\(try elements(value))]"
        case .map: return "{\(try pairs(value))}"
        case .struct: return "Struct{\(try fields(value))}"
        }
    }

    private static func elements(_ value: Value) throws(ConversionError) -> String {
        var texts: [String] = []
        for element in value.elements { texts.append(try text(of: element, nil)) }
        return texts.joined(separator: ", ")
    }

    private static func pairs(_ value: Value) throws(ConversionError) -> String {
        var texts: [String] = []
        for (key, element) in value.pairs {
            texts.append("\(try text(of: key, nil))=\(try text(of: element, nil))")
        }
        return texts.joined(separator: ", ")
    }

    private static func fields(_ value: Value) throws(ConversionError) -> String {
        var texts: [String] = []
        for (name, field) in value.fields where !field.isNull {
            texts.append("\(name)=\(try text(of: field, nil))")
        }
        return texts.joined(separator: ",")
    }
}
