/// The types that a key attribute can have, by DynamoDB's letters.
enum KeyType: UInt8, Sendable {
    case string = 0x53
    case number = 0x4E
    case bytes = 0x42

    init?(_ letter: String?) {
        switch letter {
        case "S": self = .string
        case "N": self = .number
        case "B": self = .bytes
        default: return nil
        }
    }

    var letter: String {
        switch self {
        case .string: "S"
        case .number: "N"
        case .bytes: "B"
        }
    }
}
