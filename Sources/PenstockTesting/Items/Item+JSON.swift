import Penstock
import PenstockDynamoDB

extension [String: AttributeValue] {
    /// Reads an item that this module wrote.
    init(stored json: Penstock.Value) {
        self.init(
            uniqueKeysWithValues: json.fields.map { ($0.name, AttributeValue(stored: $0.value)) })
    }
}

extension AttributeValue {
    /// Reads a value that this module wrote.
    init(stored json: Penstock.Value) {
        guard let (tag, content) = json.fields.first(where: { _ in true }) else {
            preconditionFailure("an attribute's value was checked before it was kept")
        }
        self =
            switch tag {
            case "S": .s(content.string ?? "")
            case "N": .n(content.string ?? "")
            case "B": .b(Self.bytes(content))
            case "BOOL": .bool(content.boolean ?? false)
            case "M": .m(Item(stored: content))
            case "L": .l(content.elements.map { AttributeValue(stored: $0) })
            case "SS": .ss(content.elements.map { $0.string ?? "" })
            case "NS": .ns(content.elements.map { $0.string ?? "" })
            case "BS": .bs(content.elements.map { Self.bytes($0) })
            default: .null
            }
    }

    private static func bytes(_ content: Penstock.Value) -> [UInt8] {
        let bytes = content.withUnsafeBytes { try? Base64Rule.decode($0) }
        guard let bytes = bytes ?? nil else {
            preconditionFailure("bytes were checked before they were kept")
        }
        return bytes
    }
}
