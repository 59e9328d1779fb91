extension AttributeValue: Codable {
    /// Takes the value as it is; only ``ItemDecoder`` gives one.
    public init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? AttributeDecoder else {
            throw ItemCodingError(
                "an attribute's value is read by ItemDecoder alone", at: decoder.codingPath)
        }
        self = decoder.value
    }

    /// Keeps the value as it is; only ``ItemEncoder`` takes one.
    public func encode(to encoder: any Encoder) throws {
        guard let encoder = encoder as? AttributeEncoder else {
            throw ItemCodingError(
                "an attribute's value is written by ItemEncoder alone", at: encoder.codingPath)
        }
        encoder.content = .value(self)
    }

    /// The type in words, for messages.
    var typeName: String {
        switch self {
        case .s: "a string"
        case .n: "a number"
        case .b: "bytes"
        case .bool: "a boolean"
        case .null: "null"
        case .m: "a map"
        case .l: "a list"
        case .ss: "a set of strings"
        case .ns: "a set of numbers"
        case .bs: "a set of bytes"
        }
    }
}
