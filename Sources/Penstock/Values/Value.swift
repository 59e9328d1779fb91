/// A value of a record: a view of tokens that lie in the memory of its batch.
///
/// A value is switched over by ``kind``, looked into by field or index, iterated, or decoded into
/// a Swift type. Keeping one keeps the memory of its whole batch alive, and stays right however
/// long it is kept.
public struct Value: Sendable {
    package let arena: ValueArena
    package let index: Int

    package init(arena: ValueArena, index: Int) {
        self.arena = arena
        self.index = index
    }

    package var token: Token { arena[index] }

    /// What it is.
    public var kind: Kind { token.kind }

    /// Its schema, where its converter gave it one.
    public var schema: Schema? { arena.schema(token.schema) }

    /// Whether it is null.
    public var isNull: Bool { kind == .null }

    /// The value of a boolean.
    public var boolean: Bool? { kind == .boolean ? token.boolean : nil }

    /// The text of a string.
    public var string: String? {
        kind == .string ? String(decoding: arena[token.range], as: UTF8.self) : nil
    }

    /// The bytes of a bytes value.
    public var bytes: [UInt8]? { kind == .bytes ? Array(arena[token.range]) : nil }

    /// The value of an integer, or of a number or decimal that is written as one, without point and
    /// exponent, and fits 64 bits.
    public var integer: Int64? {
        let token = token
        switch token.kind {
        case .int8, .int16, .int32, .int64: return token.integer
        case .number, .decimal: return Int64(decimalText: arena[token.range])
        default: return nil
        }
    }

    /// A numeric value as the nearest binary floating-point number: digits may be lost.
    public var double: Double? {
        let token = token
        switch token.kind {
        case .int8, .int16, .int32, .int64: return Double(token.integer)
        case .float32, .float64: return token.double
        case .number, .decimal: return Double(String(decoding: arena[token.range], as: UTF8.self))
        default: return nil
        }
    }

    /// A numeric value as text, with every digit that it has.
    public var number: String? {
        let token = token
        switch token.kind {
        case .int8, .int16, .int32, .int64: return String(token.integer)
        case .float32: return Float(token.double).description
        case .float64: return token.double.description
        case .number, .decimal: return String(decoding: arena[token.range], as: UTF8.self)
        default: return nil
        }
    }

    /// Lends the bytes of a string, a bytes value, a number or a decimal, without copying them.
    ///
    /// - Returns: What `body` returns; nil for every other kind.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard kind.isText else { return nil }
        return try body(arena[token.range])
    }
}

extension Value: CustomStringConvertible, CustomDebugStringConvertible {
    /// The kind and the size, never the content: a record's values stay out of logs.
    public var description: String {
        switch kind {
        case .null: "null"
        case .string, .bytes, .number, .decimal: "\(kind) of \(token.range.count) bytes"
        case .array, .map, .struct: "\(kind) of \(token.count) elements"
        default: "\(kind)"
        }
    }

    /// The same as ``description``.
    public var debugDescription: String { description }
}

extension Value: CustomReflectable {
    /// Shows the kind alone, so that dumping a value prints nothing of its content.
    public var customMirror: Mirror { Mirror(self, children: ["kind": kind]) }
}

extension Int64 {
    /// The integer that decimal text names; nil where it has a fraction or does not fit.
    package init?(decimalText text: UnsafeRawBufferPointer) {
        var digits = text[...]
        let negative = digits.first == UInt8(ascii: "-")
        if negative { digits = digits.dropFirst() }
        guard !digits.isEmpty else { return nil }
        var value: Int64 = 0
        for byte in digits {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            let digit = Int64(byte - 0x30)
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow2) =
                negative
                ? product.subtractingReportingOverflow(digit)
                : product.addingReportingOverflow(digit)
            guard !overflow, !overflow2 else { return nil }
            value = sum
        }
        self = value
    }
}
