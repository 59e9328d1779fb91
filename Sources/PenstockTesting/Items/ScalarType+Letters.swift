import PenstockDynamoDB

extension ScalarType {
    /// The type that a request names by its letter.
    init?(letter: String?) {
        guard let letter, let type = ScalarType(rawValue: letter) else { return nil }
        self = type
    }

    /// The letter as a byte.
    var tag: UInt8 {
        switch self {
        case .string: UInt8(ascii: "S")
        case .number: UInt8(ascii: "N")
        case .binary: UInt8(ascii: "B")
        }
    }
}

extension KeySchema {
    /// Both attributes, or the one there is.
    var attributes: [KeyAttribute] { sort.map { [hash, $0] } ?? [hash] }
}
