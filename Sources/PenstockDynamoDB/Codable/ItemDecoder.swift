/// Makes `Decodable` values of items.
///
/// It reads what ``ItemEncoder`` writes, and sets as arrays too. Numbers become the integer type
/// that is asked for where they fit it exactly, `Double` as the nearest, `String` with all digits.
public struct ItemDecoder: Sendable {
    /// A decoder.
    public init() {}

    /// Makes a value of an item.
    ///
    /// - Throws: ``ItemCodingError`` that names the attribute; what a type's own `init(from:)`
    ///   throws otherwise.
    public func decode<T: Decodable>(_ type: T.Type = T.self, from item: Item) throws -> T {
        try decode(type, from: .m(item))
    }

    /// Makes a value of a single attribute's value.
    ///
    /// - Throws: As ``decode(_:from:)-(_,Item)`` does.
    public func decode<T: Decodable>(
        _ type: T.Type = T.self, from value: AttributeValue
    ) throws -> T {
        try AttributeDecoder(value: value, codingPath: []).decode(type)
    }
}

/// The place that one value is decoded from.
struct AttributeDecoder: Decoder {
    let value: AttributeValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .m(let item) = value else { throw mismatch("a map") }
        return KeyedDecodingContainer(MapDecoding(item: item, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        switch value {
        case .l(let values): ListDecoding(values: values, codingPath: codingPath)
        case .ss(let members):
            ListDecoding(values: members.map(AttributeValue.s), codingPath: codingPath)
        case .ns(let members):
            ListDecoding(values: members.map(AttributeValue.n), codingPath: codingPath)
        case .bs(let members):
            ListDecoding(values: members.map(AttributeValue.b), codingPath: codingPath)
        default: throw mismatch("a list")
        }
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func mismatch(_ expected: String) -> ItemCodingError {
        ItemCodingError("expected \(expected), found \(value.typeName)", at: codingPath)
    }
}

extension AttributeDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let boolean) = value else { throw mismatch("a boolean") }
        return boolean
    }

    func decode(_ type: String.Type) throws -> String {
        switch value {
        case .s(let text), .n(let text): text
        default: throw mismatch("a string")
        }
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard case .n(let text) = value, let number = Double(text) else {
            throw mismatch("a number")
        }
        return number
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }

    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: Int128.Type) throws -> Int128 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try integer() }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if let value = value as? T { return value }
        if type == [UInt8].self, case .b(let bytes) = value, let bytes = bytes as? T {
            return bytes
        }
        return try T(from: self)
    }

    private func integer<I: FixedWidthInteger>() throws -> I {
        guard case .n(let text) = value, let number = I(text) ?? plainInteger(text) else {
            throw mismatch("an integer of \(I.bitWidth) bits")
        }
        return number
    }

    /// An integer that is written with a point or an exponent.
    private func plainInteger<I: FixedWidthInteger>(_ text: String) -> I? {
        DynamoDBNumber.plain(text).flatMap { I($0) }
    }
}

/// A map's values on their way out.
private struct MapDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let item: Item
    let codingPath: [any CodingKey]

    var allKeys: [Key] { item.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { item[key.stringValue] != nil }

    func decodeNil(forKey key: Key) -> Bool { item[key.stringValue].map { $0 == .null } ?? true }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try decoder(for: key).decode(type)
    }

    // Without these the protocol's own ones are taken, which refuse.
    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 {
        try decoder(for: key).decode(type)
    }
    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 {
        try decoder(for: key).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try decoder(for: key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(for: key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try decoder(for: SuperKey()) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(for: key) }

    private func decoder(for key: some CodingKey) throws -> AttributeDecoder {
        guard let value = item[key.stringValue] else {
            throw ItemCodingError("the attribute is missing", at: codingPath + [key])
        }
        return AttributeDecoder(value: value, codingPath: codingPath + [key])
    }
}

/// A list's values on their way out.
private struct ListDecoding: UnkeyedDecodingContainer {
    let values: [AttributeValue]
    let codingPath: [any CodingKey]
    var currentIndex = 0

    var count: Int? { values.count }
    var isAtEnd: Bool { currentIndex >= values.count }

    mutating func decodeNil() -> Bool {
        guard !isAtEnd, values[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try next { try $0.decode(type) }
    }

    mutating func decode(_ type: Int128.Type) throws -> Int128 { try next { try $0.decode(type) } }

    mutating func decode(_ type: UInt128.Type) throws -> UInt128 {
        try next { try $0.decode(type) }
    }

    private mutating func next<T>(_ decode: (AttributeDecoder) throws -> T) throws -> T {
        let value = try decode(current())
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { try superDecoder().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try superDecoder().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder {
        let decoder = try current()
        currentIndex += 1
        return decoder
    }

    private func current() throws -> AttributeDecoder {
        let path = codingPath + [ListPosition(currentIndex)]
        guard !isAtEnd else { throw ItemCodingError("the list ends before", at: path) }
        return AttributeDecoder(value: values[currentIndex], codingPath: path)
    }
}
