internal import Penstock

/// A value of an item's attribute, in one of DynamoDB's types.
///
/// Two values are equal where DynamoDB takes them for equal: numbers by value (`1` is `1.0`), sets
/// and maps without order. Literals make strings, numbers, booleans, null, lists and maps.
public enum AttributeValue: Sendable {
    /// A string.
    case s(String)
    /// A number as decimal text, with all its digits: at most 38, from 1E-130 to 9.9…E125.
    case n(String)
    /// Bytes.
    case b([UInt8])
    /// A boolean.
    case bool(Bool)
    /// Null.
    case null
    /// A map of names to values.
    case m([String: AttributeValue])
    /// A list.
    case l([AttributeValue])
    /// A set of strings.
    case ss([String])
    /// A set of numbers.
    case ns([String])
    /// A set of bytes.
    case bs([[UInt8]])
}

/// An item: the values of its attributes by name.
public typealias Item = [String: AttributeValue]

extension AttributeValue: Hashable {
    /// Whether DynamoDB takes both for the same value.
    public static func == (left: AttributeValue, right: AttributeValue) -> Bool {
        switch (left, right) {
        case (.s(let a), .s(let b)): a.utf8.elementsEqual(b.utf8)
        case (.n(let a), .n(let b)):
            a.withBytes { a in b.withBytes { b in DecimalText.areEqual(a, b) } }
        case (.b(let a), .b(let b)): a == b
        case (.bool(let a), .bool(let b)): a == b
        case (.null, .null): true
        case (.m(let a), .m(let b)): a == b
        case (.l(let a), .l(let b)): a == b
        case (.ss(let a), .ss(let b)):
            a.count == b.count && Set(a.map(AttributeValue.s)) == Set(b.map(AttributeValue.s))
        case (.ns(let a), .ns(let b)):
            a.count == b.count && Set(a.map(AttributeValue.n)) == Set(b.map(AttributeValue.n))
        case (.bs(let a), .bs(let b)): a.count == b.count && Set(a) == Set(b)
        default: false
        }
    }

    /// Feeds what makes two values equal.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .s(let text): text.withBytes { hasher.combine(bytes: $0) }
        case .n(let text): Self.hash(number: text, into: &hasher)
        case .b(let bytes): hasher.combine(bytes)
        case .bool(let value): hasher.combine(value)
        case .null: hasher.combine(0)
        case .m(let item): hasher.combine(item)
        case .l(let values): hasher.combine(values)
        case .ss(let members): hasher.combine(Set(members.map(AttributeValue.s)))
        case .ns(let members): hasher.combine(Set(members.map(AttributeValue.n)))
        case .bs(let members): hasher.combine(Set(members))
        }
    }

    private static func hash(number text: String, into hasher: inout Hasher) {
        text.withBytes { bytes in
            guard let number = DecimalText(bytes) else { return hasher.combine(bytes: bytes) }
            number.withCanonical(of: bytes) { hasher.combine(bytes: $0) }
        }
    }
}

extension String {
    /// Lends the text's UTF-8.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var copy = self
        return copy.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }
}
