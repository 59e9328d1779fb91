extension AttributeValue: ExpressibleByStringInterpolation {
    /// A string.
    public init(stringLiteral value: String) { self = .s(value) }
}

extension AttributeValue: ExpressibleByIntegerLiteral {
    /// A number.
    public init(integerLiteral value: Int64) { self = .n(String(value)) }
}

extension AttributeValue: ExpressibleByFloatLiteral {
    /// A number of the literal's nearest `Double`; write ``n(_:)`` where every digit counts.
    public init(floatLiteral value: Double) { self = .n(value.description) }
}

extension AttributeValue: ExpressibleByBooleanLiteral {
    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension AttributeValue: ExpressibleByNilLiteral {
    /// Null.
    public init(nilLiteral: ()) { self = .null }
}

extension AttributeValue: ExpressibleByArrayLiteral {
    /// A list.
    public init(arrayLiteral elements: AttributeValue...) { self = .l(elements) }
}

extension AttributeValue: ExpressibleByDictionaryLiteral {
    /// A map; of equal names the last counts.
    public init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self = .m(Dictionary(elements) { _, last in last })
    }
}

extension AttributeValue {
    /// A number of an integer.
    public init(_ value: some BinaryInteger) { self = .n(String(value)) }

    /// A string.
    public init(_ value: String) { self = .s(value) }
}
