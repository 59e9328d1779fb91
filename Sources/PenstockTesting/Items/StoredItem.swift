import Penstock
import PenstockDynamoDB

/// An item as it is kept: DynamoDB JSON with its numbers in DynamoDB's own spelling.
struct StoredItem: Sendable {
    let key: ItemKey
    let json: [UInt8]
    /// By DynamoDB's rule.
    let size: Int

    /// The item's attributes.
    var item: Item { Item(stored: value) }

    /// The item as a request's body has it.
    var value: Value { .reading(json) }
}

extension Value {
    /// Reads JSON that this module wrote.
    static func reading(_ json: [UInt8]) -> Value {
        do {
            return try Value(json: json, maximumDepth: 128)
        } catch {
            preconditionFailure("what the server wrote is JSON: \(error)")
        }
    }
}
