extension Value {
    /// Makes a Swift value of it, by name: a convenience, not the fast path.
    ///
    /// Structs and maps become keyed, arrays unkeyed. A number becomes an integer only where it is
    /// one and fits, a `Double` the nearest one, and a `String` its text with every digit. Null and
    /// a missing field become nil.
    ///
    /// - Throws: A ``ValueDecodingError`` that names the place; what a type's own `init(from:)`
    ///   throws otherwise.
    public func decode<T: Decodable>(_ type: T.Type = T.self) throws -> T {
        try ValueDecoder(value: self, codingPath: []).unwrap(type)
    }
}

private struct ValueDecoder: Decoder {
    let value: Value
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard value.kind == .map || value.kind == .struct else { throw mismatch("a map") }
        return KeyedDecodingContainer(KeyedFields(value: value, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard value.kind == .array else { throw mismatch("an array") }
        return ArrayElements(elements: Array(value.elements), codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func mismatch(_ expected: String) -> ValueDecodingError {
        ValueDecodingError(path: codingPath.names, expected: expected, found: value.kind)
    }

    /// Bytes go into a byte array whole; everything else decodes itself.
    func unwrap<T: Decodable>(_ type: T.Type) throws -> T {
        if type == Value.self, let value = value as? T { return value }
        if type == [UInt8].self, let bytes = value.bytes as? T { return bytes }
        return try T(from: self)
    }
}

extension ValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value.isNull }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard let boolean = value.boolean else { throw mismatch("a boolean") }
        return boolean
    }

    func decode(_ type: String.Type) throws -> String {
        guard let text = value.string ?? value.number else { throw mismatch("a string") }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard let number = value.double else { throw mismatch("a number") }
        // Text has no infinity: it is a number that is too large.
        guard number.isFinite || !value.kind.isText else { throw mismatch("a smaller number") }
        return number
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if let integer = type as? any FixedWidthInteger.Type {
            return try decodeInteger(integer) as! T  // the same type, seen through its protocol
        }
        return try unwrap(type)
    }

    private func decodeInteger<I: FixedWidthInteger>(_ type: I.Type) throws -> I {
        guard let number = value.integer.flatMap(I.init(exactly:)) ?? wide(type) else {
            throw mismatch("an integer of \(I.bitWidth) bits")
        }
        return number
    }

    /// What no `Int64` holds: the upper half of `UInt64`, and wider types.
    private func wide<I: FixedWidthInteger>(_ type: I.Type) -> I? {
        value.kind == .number || value.kind == .decimal ? value.number.flatMap { I($0) } : nil
    }

    func decode(_ type: Int.Type) throws -> Int { try decodeInteger(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try decodeInteger(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try decodeInteger(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try decodeInteger(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try decodeInteger(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try decodeInteger(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try decodeInteger(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try decodeInteger(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try decodeInteger(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try decodeInteger(type) }
}

private struct KeyedFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let value: Value
    let codingPath: [any CodingKey]

    var allKeys: [Key] { value.fields.compactMap { Key(stringValue: $0.name) } }

    func contains(_ key: Key) -> Bool { value[key.stringValue] != nil }

    func decodeNil(forKey key: Key) throws -> Bool { value[key.stringValue]?.isNull ?? true }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try decoder(for: key).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try decoder(for: key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(for: key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { throw missing("super") }

    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(for: key) }

    private func decoder(for key: Key) throws -> ValueDecoder {
        guard let field = value[key.stringValue] else { throw missing(key.stringValue) }
        return ValueDecoder(value: field, codingPath: codingPath + [key])
    }

    private func missing(_ name: String) -> ValueDecodingError {
        ValueDecodingError(path: codingPath.names + [name], expected: "a value", found: nil)
    }
}

private struct ArrayElements: UnkeyedDecodingContainer {
    let elements: [Value]
    let codingPath: [any CodingKey]
    var currentIndex = 0

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let decoded = try nextDecoder().decode(type)
        currentIndex += 1
        return decoded
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try superDecoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try superDecoder().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder {
        let decoder = try nextDecoder()
        currentIndex += 1
        return decoder
    }

    private func nextDecoder() throws -> ValueDecoder {
        let path = codingPath + [Position(currentIndex)]
        guard !isAtEnd else {
            throw ValueDecodingError(path: path.names, expected: "a value", found: nil)
        }
        return ValueDecoder(value: elements[currentIndex], codingPath: path)
    }
}

/// A position in an array as a coding key.
private struct Position: CodingKey {
    let position: Int
    init(_ position: Int) { self.position = position }
    init?(intValue: Int) { position = intValue }
    init?(stringValue: String) { nil }
    var intValue: Int? { position }
    var stringValue: String { String(position) }
}

extension [any CodingKey] {
    fileprivate var names: [String] { map(\.stringValue) }
}

extension Value: Decodable {
    /// Only a value's own decoder gives one; see ``decode(_:)``.
    public init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? ValueDecoder else {
            throw ValueDecodingError(
                path: decoder.codingPath.names, expected: "a value's own decoder", found: nil)
        }
        self = decoder.value
    }
}
