import Penstock

/// The schemas of headers.
enum HeaderSchemas {
    static let boolean = Schema(.boolean)
    static let string = Schema(.string)
    static let int8 = Schema(.int8)
    static let int16 = Schema(.int16)
    static let int32 = Schema(.int32)
    static let int64 = Schema(.int64)
    static let float32 = Schema(.float32)
    static let float64 = Schema(.float64)
    static let date = Schema(.int32, name: LogicalType.date.rawValue, version: 1)
    static let time = Schema(.int32, name: LogicalType.time.rawValue, version: 1)
    static let timestamp = Schema(.int64, name: LogicalType.timestamp.rawValue, version: 1)

    static func decimal(scale: Int) -> Schema {
        Schema(
            .bytes, name: LogicalType.decimal.rawValue, version: 1,
            parameters: ["scale": String(scale)])
    }

    /// The shared object of a scalar's schema, a Decimal's left out: those differ in scale.
    static func shared(_ schema: Schema?) -> Schema? {
        schema?.logicalType == .decimal ? nil : schema
    }

    /// The narrowest schema of a number that keeps all its digits.
    static func number(_ text: String, _ integer: Int64?) -> Schema {
        if let integer {
            if Int8(exactly: integer) != nil { return int8 }
            if Int16(exactly: integer) != nil { return int16 }
            return Int32(exactly: integer) != nil ? int32 : int64
        }
        if holds(float32, text) { return float32 }
        if holds(float64, text) { return float64 }
        return decimal(scale: scale(of: text))
    }

    static func scale(of text: String) -> Int {
        var text = text
        return text.withUTF8 { DecimalParts(UnsafeRawBufferPointer($0))?.scale ?? 0 }
    }

    /// Whether a floating-point number shows the same digits again.
    static func holds(_ schema: Schema, _ text: String) -> Bool {
        let shown: String
        if schema === float32 {
            guard let value = Float(text), value.isFinite else { return false }
            shown = JavaNumberText.text(value)
        } else {
            guard let value = Double(text), value.isFinite else { return false }
            shown = JavaNumberText.text(value)
        }
        return Array(shown.utf8).withUnsafeBytes { shown in
            Array(text.utf8).withUnsafeBytes { DecimalText.areEqual(shown, $0) }
        }
    }
}
