import Penstock

extension JSONPayloadReader {
    /// The token of a scalar; what does not fit its schema is refused.
    func scalar(
        _ token: Token, _ type: SchemaType, _ number: UInt16
    ) throws(ConversionProblem) -> Token {
        switch type {
        case .boolean:
            guard token.kind == .boolean else { throw mismatch(token, type) }
            return Token(.boolean, schema: number, payload: token.payload)
        case .string:
            guard token.kind == .string else { throw mismatch(token, type) }
            return Token(.string, flags: token.flags, schema: number, range: token.range)
        case .bytes:
            guard token.kind == .string else { throw mismatch(token, type) }
            return Token(.bytes, schema: number, range: try base64(token.range))
        case .float32, .float64: return try float(token, type, number)
        default: return try integer(token, type, number)
        }
    }

    private func integer(
        _ token: Token, _ type: SchemaType, _ number: UInt16
    ) throws(ConversionProblem) -> Token {
        guard token.kind == .number else { throw mismatch(token, type) }
        guard let value = Int64(exactDecimal: arena[token.range]), type.holds(value) else {
            throw ConversionProblem("a number that is not an \(type)")
        }
        return Token(
            type.kind, schema: number, payload: UInt64(bitPattern: value))
    }

    private func float(
        _ token: Token, _ type: SchemaType, _ number: UInt16
    ) throws(ConversionProblem) -> Token {
        guard token.kind == .number else { throw mismatch(token, type) }
        let text = String(decoding: arena[token.range], as: UTF8.self)
        let value = type == .float32 ? Float(text).map(Double.init) : Double(text)
        guard let value, value.isFinite else {
            throw ConversionProblem("a number too large for \(type)")
        }
        return Token(type.kind, schema: number, payload: value.bitPattern)
    }

    private func base64(_ range: ByteRange) throws(ConversionProblem) -> ByteRange {
        var isValid = true
        let bytes = arena.append(atMost: Base64.decodedLimit(of: Int(range.count))) { output in
            guard let count = Base64.decode(arena[range], to: output) else {
                isValid = false
                return 0
            }
            return count
        }
        guard isValid else { throw ConversionProblem("a string that is not base64") }
        return bytes
    }

    /// A Decimal: base64 of its unscaled number, or a JSON number, whose digits are kept.
    func decimal(
        _ token: Token, _ node: JSONSchema.Node, _ number: UInt16
    ) throws(ConversionProblem) -> Token {
        if token.kind == .number {
            return Token(.decimal, flags: token.flags, schema: number, range: token.range)
        }
        guard token.kind == .string else {
            throw ConversionProblem("\(token.kind), where its schema asks for a Decimal")
        }
        guard let scale = node.scale else {
            throw ConversionProblem("its schema is a Decimal without a scale")
        }
        let unscaled = try base64(token.range)
        guard unscaled.count > 0, unscaled.count <= UnscaledDecimal.maximumByteCount else {
            throw ConversionProblem("a Decimal of no or more than 512 bytes")
        }
        let range = UnscaledDecimal.appendText(of: unscaled, scale: scale, in: arena)
        return Token(
            .decimal, flags: scale == 0 ? .integral : [], schema: number, range: range)
    }

    /// A Date, a Time or a Timestamp: an integer of days or milliseconds.
    func time(
        _ token: Token, _ node: JSONSchema.Node, _ number: UInt16
    ) throws(ConversionProblem) -> Token {
        let name = node.logicalType.map { "\($0)" } ?? ""
        guard token.kind == .number, token.flags.contains(.integral),
            let value = Int64(exactDecimal: arena[token.range]),
            node.logicalType == .timestamp || Int32(exactly: value) != nil
        else { throw ConversionProblem("no integer, where its schema asks for a \(name)") }
        guard node.logicalType != .time || (0...86_400_000).contains(value) else {
            throw ConversionProblem("a time that is not within a day")
        }
        return Token(
            node.logicalType == .timestamp ? .int64 : .int32, schema: number,
            payload: UInt64(bitPattern: value))
    }
}

extension SchemaType {
    /// The kind of the values that a scalar schema describes.
    var kind: Value.Kind {
        switch self {
        case .int8: .int8
        case .int16: .int16
        case .int32: .int32
        case .int64: .int64
        case .float32: .float32
        case .float64: .float64
        case .boolean: .boolean
        case .string: .string
        case .bytes: .bytes
        case .array: .array
        case .map: .map
        case .struct: .struct
        }
    }

    fileprivate func holds(_ value: Int64) -> Bool {
        switch self {
        case .int8: Int8(exactly: value) != nil
        case .int16: Int16(exactly: value) != nil
        case .int32: Int32(exactly: value) != nil
        default: true
        }
    }
}

extension Int64 {
    /// The integer that a number's text stands for, however it is written: `1E2` is 100.
    init?(exactDecimal text: UnsafeRawBufferPointer) {
        if let value = Int64(String(decoding: text, as: UTF8.self)) {
            self = value
            return
        }
        guard let decimal = DecimalText(text) else { return nil }
        var plain: [UInt8] = []
        guard decimal.appendPlain(of: text, to: &plain, limit: 20),
            let value = Int64(String(decoding: plain, as: UTF8.self))
        else { return nil }
        self = value
    }
}
