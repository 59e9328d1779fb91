internal import Penstock

/// Reads the item under a key.
public struct GetItemInput: Sendable {
    /// The table's name.
    public var table: String
    /// The item's key, and nothing but it.
    public var key: Item
    /// Whether every write that succeeded before is seen; costs twice.
    public var isConsistent = false
    /// Which attributes come back, in DynamoDB's language; nil for all.
    public var projection: String?
    /// Names of attributes by their placeholders, which begin with `#`.
    public var names: [String: String] = [:]
    /// Whether the consumed capacity comes back.
    public var returnsConsumedCapacity = false

    /// Reads an item of a table.
    public init(table: String, key: Item, isConsistent: Bool = false) {
        self.table = table
        self.key = key
        self.isConsistent = isConsistent
    }
}

/// What reading one item gives back.
public struct GetItemOutput: Sendable {
    /// The item; nil where there is none under the key.
    public let item: Item?
    /// What it took of the throughput, where it was asked for.
    public let consumedCapacity: ConsumedCapacity?
}

extension GetItemInput: OperationInput {
    typealias Output = GetItemOutput
    static let operation = "GetItem"
    var effect: OperationEffect { .none }
    var resource: String? { table }

    func write(to fields: inout RequestFields) {
        fields.string("TableName", table)
        fields.item("Key", key)
        fields.boolean("ConsistentRead", isConsistent ? true : nil)
        fields.string("ProjectionExpression", projection)
        fields.placeholders(names, [:])
        fields.consumedCapacity(returnsConsumedCapacity)
    }
}

extension GetItemOutput: OperationOutput {
    init?(reply: Value) {
        guard let item = reply.item("Item") else { return nil }
        self.item = item.value
        consumedCapacity = ConsumedCapacity(reply: reply["ConsumedCapacity"])
    }
}
