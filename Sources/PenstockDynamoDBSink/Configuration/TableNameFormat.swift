/// How a table's name is made of a topic's: text in which `${topic}` stands for the topic.
public struct TableNameFormat: Sendable, Hashable, LosslessStringConvertible {
    /// The text.
    public let text: String

    /// Takes the text as it is.
    public init(_ text: String) { self.text = text }

    /// The text.
    public var description: String { text }

    /// Each topic into the table of its name.
    public static let topic = TableNameFormat(Self.placeholder)

    private static let placeholder = "${topic}"

    /// The name of the table for a topic.
    public func table(for topic: String) -> String {
        var name = ""
        var rest = text[...]
        while let place = rest.firstRange(of: Self.placeholder) {
            name += rest[..<place.lowerBound] + topic
            rest = rest[place.upperBound...]
        }
        return name + rest
    }

    /// Whether some topic could give a name that DynamoDB allows.
    var isValid: Bool { Self.isTableName(table(for: "abc")) }

    /// Whether DynamoDB allows the name: 3 to 255 letters, digits, `_`, `-` and `.`.
    static func isTableName(_ name: String) -> Bool {
        (3...255).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
                    || byte == 0x5F || byte == 0x2D || byte == 0x2E
            }
    }
}
