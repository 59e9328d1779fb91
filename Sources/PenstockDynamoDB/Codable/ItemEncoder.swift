/// Makes items of `Encodable` values.
///
/// Integers and floating-point numbers become numbers with all their digits, `[UInt8]` bytes,
/// structs and dictionaries with string keys maps, arrays lists. An absent optional is left out.
/// An ``AttributeValue`` stands for itself, so sets and numbers of 38 digits are within reach.
public struct ItemEncoder: Sendable {
    /// An encoder.
    public init() {}

    /// Makes an item of a value that encodes itself with names.
    ///
    /// - Throws: ``ItemCodingError`` where a value has no form in DynamoDB (NaN, infinities) or is
    ///   not made of named parts; what a type's own `encode(to:)` throws otherwise.
    public func encode(_ value: some Encodable) throws -> Item {
        guard case .m(let item) = try encodeValue(value) else {
            throw ItemCodingError("an item is made of named attributes", at: [])
        }
        return item
    }

    /// Makes a single attribute's value.
    ///
    /// - Throws: As ``encode(_:)`` does.
    public func encodeValue(_ value: some Encodable) throws -> AttributeValue {
        try AttributeEncoder.encode(value, at: [])
    }
}

/// The place that one value is encoded into.
final class AttributeEncoder: Encoder {
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    /// What was encoded so far.
    var content: Content = .nothing

    /// What a place holds while it is filled; nested places finish when their value is taken.
    enum Content {
        case nothing
        case value(AttributeValue)
        case map([String: AttributeEncoder])
        case list([AttributeEncoder])
    }

    init(_ codingPath: [any CodingKey]) { self.codingPath = codingPath }

    /// The value of what was encoded; an empty map where nothing was.
    var value: AttributeValue {
        switch content {
        case .nothing: .m([:])
        case .value(let value): value
        case .map(let places): .m(places.mapValues(\.value))
        case .list(let places): .l(places.map(\.value))
        }
    }

    static func encode(
        _ value: some Encodable, at path: [any CodingKey]
    ) throws -> AttributeValue {
        if let value = value as? AttributeValue { return value }
        // By type: an empty array of anything would cast to an array of bytes.
        if type(of: value) == [UInt8].self, let bytes = value as? [UInt8] { return .b(bytes) }
        let encoder = AttributeEncoder(path)
        try value.encode(to: encoder)
        return encoder.value
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .map = content {} else { content = .map([:]) }
        return KeyedEncodingContainer(MapEncoding(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .list = content {} else { content = .list([]) }
        return ListEncoding(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    /// The place under a name.
    func place(_ key: some CodingKey) -> AttributeEncoder {
        let place = AttributeEncoder(codingPath + [key])
        if case .map(var places) = content {
            content = .nothing  // so that the dictionary is changed in place
            places[key.stringValue] = place
            content = .map(places)
        }
        return place
    }

    /// The next place of a list.
    func nextPlace() -> AttributeEncoder {
        guard case .list(var places) = content else { return AttributeEncoder(codingPath) }
        content = .nothing  // so that the array is changed in place
        let place = AttributeEncoder(codingPath + [ListPosition(places.count)])
        places.append(place)
        content = .list(places)
        return place
    }
}

extension AttributeEncoder: SingleValueEncodingContainer {
    func encodeNil() { content = .value(.null) }
    func encode(_ value: Bool) { content = .value(.bool(value)) }
    func encode(_ value: String) { content = .value(.s(value)) }
    func encode(_ value: Double) throws { try encode(floatingPoint: value) }
    func encode(_ value: Float) throws { try encode(floatingPoint: value) }
    func encode(_ value: Int) { content = .value(.init(value)) }
    func encode(_ value: Int8) { content = .value(.init(value)) }
    func encode(_ value: Int16) { content = .value(.init(value)) }
    func encode(_ value: Int32) { content = .value(.init(value)) }
    func encode(_ value: Int64) { content = .value(.init(value)) }
    func encode(_ value: Int128) { content = .value(.init(value)) }
    func encode(_ value: UInt) { content = .value(.init(value)) }
    func encode(_ value: UInt8) { content = .value(.init(value)) }
    func encode(_ value: UInt16) { content = .value(.init(value)) }
    func encode(_ value: UInt32) { content = .value(.init(value)) }
    func encode(_ value: UInt64) { content = .value(.init(value)) }
    func encode(_ value: UInt128) { content = .value(.init(value)) }

    func encode(_ value: some Encodable) throws {
        content = .value(try Self.encode(value, at: codingPath))
    }

    private func encode(
        floatingPoint value: some BinaryFloatingPoint & CustomStringConvertible
    ) throws {
        guard value.isFinite else {
            throw ItemCodingError("a number has to be finite", at: codingPath)
        }
        content = .value(.n(value.description))
    }
}

/// Named values on their way into a map.
private struct MapEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: AttributeEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil(forKey key: Key) { encoder.place(key).encodeNil() }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        try encoder.place(key).encode(value)
    }

    // Without these the protocol's own ones are taken, which refuse.
    func encode(_ value: Int128, forKey key: Key) { encoder.place(key).encode(value) }
    func encode(_ value: UInt128, forKey key: Key) { encoder.place(key).encode(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { encoder.place(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder.place(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder.place(SuperKey()) }
    func superEncoder(forKey key: Key) -> any Encoder { encoder.place(key) }
}

/// Values on their way into a list.
private struct ListEncoding: UnkeyedEncodingContainer {
    let encoder: AttributeEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    var count: Int {
        guard case .list(let places) = encoder.content else { return 0 }
        return places.count
    }

    func encodeNil() { encoder.nextPlace().encodeNil() }
    func encode(_ value: some Encodable) throws { try encoder.nextPlace().encode(value) }
    func encode(_ value: Int128) { encoder.nextPlace().encode(value) }
    func encode(_ value: UInt128) { encoder.nextPlace().encode(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> { encoder.nextPlace().container(keyedBy: type) }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        encoder.nextPlace().unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder.nextPlace() }
}
