internal import Penstock

/// Puts an item in the place of whatever is there under its key.
public struct PutItemInput: Sendable {
    /// The table's name.
    public var table: String
    /// The item, its key included.
    public var item: Item
    /// The condition under which it happens; nil for none.
    public var condition: WriteCondition?
    /// What comes back: `none` or `allOld`.
    public var returnValues = ReturnValues.none
    /// Whether the consumed capacity comes back.
    public var returnsConsumedCapacity = false
    /// Whether sending it twice is as good as once.
    ///
    /// Where it cannot be told whether an attempt was applied (the connection broke, DynamoDB failed
    /// inside), only a request of which this is true is sent again. Nil: it is where there is no
    /// condition and nothing comes back. With a condition a second attempt may be refused because
    /// of the first, and give the new item for the old one.
    public var isIdempotent: Bool?

    /// Puts an item into a table.
    public init(table: String, item: Item, if condition: WriteCondition? = nil) {
        self.table = table
        self.item = item
        self.condition = condition
    }
}

/// What writing one item gives back.
public struct WriteItemOutput: Sendable {
    /// The attributes that were asked for; nil where there are none.
    public let attributes: Item?
    /// What it took of the throughput, where it was asked for.
    public let consumedCapacity: ConsumedCapacity?
}

extension PutItemInput: OperationInput {
    typealias Output = WriteItemOutput
    static let operation = "PutItem"
    var effect: OperationEffect {
        .write(isIdempotent: isIdempotent ?? (condition == nil && returnValues == .none))
    }
    var resource: String? { table }

    func write(to fields: inout RequestFields) {
        fields.string("TableName", table)
        fields.item("Item", item)
        fields.condition(condition)
        fields.placeholders(condition?.names ?? [:], condition?.values ?? [:])
        if returnValues != .none { fields.string("ReturnValues", returnValues.rawValue) }
        fields.consumedCapacity(returnsConsumedCapacity)
    }
}

extension WriteItemOutput: OperationOutput {
    init?(reply: Value) {
        guard let attributes = reply.item("Attributes") else { return nil }
        self.attributes = attributes.value
        consumedCapacity = ConsumedCapacity(reply: reply["ConsumedCapacity"])
    }
}
