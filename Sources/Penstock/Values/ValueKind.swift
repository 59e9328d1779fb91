extension Value {
    /// What a value is.
    ///
    /// The names are Kafka Connect's where it has one.
    public enum Kind: UInt8, Sendable {
        /// No value.
        case null
        /// True or false.
        case boolean
        /// A signed integer of 8 bits.
        case int8
        /// A signed integer of 16 bits.
        case int16
        /// A signed integer of 32 bits.
        case int32
        /// A signed integer of 64 bits.
        case int64
        /// A binary floating-point number of 32 bits.
        case float32
        /// A binary floating-point number of 64 bits.
        case float64
        /// Connect's logical Decimal: decimal text whose digits after the point are its scale.
        case decimal
        /// A number as JSON wrote it: its text is kept, digit for digit.
        case number
        /// Text, valid UTF-8.
        case string
        /// Bytes.
        case bytes
        /// A list of values.
        case array
        /// Pairs of a key and a value; keys are unique.
        case map
        /// Fields named by a schema.
        case `struct`
    }
}

extension Value.Kind {
    /// Whether it holds a number of whatever form.
    public var isNumeric: Bool {
        rawValue >= Value.Kind.int8.rawValue && rawValue <= Value.Kind.number.rawValue
    }

    /// Whether it is one of the four integer kinds.
    public var isInteger: Bool {
        rawValue >= Value.Kind.int8.rawValue && rawValue <= Value.Kind.int64.rawValue
    }

    /// Whether it holds other values.
    public var isContainer: Bool { rawValue >= Value.Kind.array.rawValue }

    /// Whether its payload is a range of the arena's bytes.
    package var isText: Bool {
        rawValue >= Value.Kind.decimal.rawValue && rawValue <= Value.Kind.bytes.rawValue
    }
}
