/// Deletes the item under a key, if there is one.
public struct DeleteItemInput: Sendable {
    /// The table's name.
    public var table: String
    /// The item's key, and nothing but it.
    public var key: Item
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
    /// of the first.
    public var isIdempotent: Bool?

    /// Deletes an item from a table.
    public init(table: String, key: Item, if condition: WriteCondition? = nil) {
        self.table = table
        self.key = key
        self.condition = condition
    }
}

extension DeleteItemInput: OperationInput {
    typealias Output = WriteItemOutput
    static let operation = "DeleteItem"
    var effect: OperationEffect {
        .write(isIdempotent: isIdempotent ?? (condition == nil && returnValues == .none))
    }
    var resource: String? { table }

    func write(to fields: inout RequestFields) {
        fields.string("TableName", table)
        fields.item("Key", key)
        fields.condition(condition)
        fields.placeholders(condition?.names ?? [:], condition?.values ?? [:])
        if returnValues != .none { fields.string("ReturnValues", returnValues.rawValue) }
        fields.consumedCapacity(returnsConsumedCapacity)
    }
}
