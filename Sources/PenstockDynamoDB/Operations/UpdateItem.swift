/// An update in DynamoDB's language, with what its placeholders stand for.
///
/// ```swift
/// ItemUpdate("SET #t = :t ADD visits :one", names: ["#t": "total"], values: [":t": "9.90", ":one": 1])
/// ```
public struct ItemUpdate: Sendable, Hashable {
    /// The expression.
    public var expression: String
    /// Names of attributes by their placeholders, which begin with `#`.
    public var names: [String: String]
    /// Values by their placeholders, which begin with `:`.
    public var values: Item

    /// An update of an expression.
    public init(_ expression: String, names: [String: String] = [:], values: Item = [:]) {
        self.expression = expression
        self.names = names
        self.values = values
    }
}

/// Changes attributes of the item under a key; makes the item where there is none.
public struct UpdateItemInput: Sendable {
    /// The table's name.
    public var table: String
    /// The item's key, and nothing but it.
    public var key: Item
    /// What to change; nil only makes the item where there is none.
    public var update: ItemUpdate?
    /// The condition under which it happens; nil for none.
    ///
    /// Its placeholders and the update's are one set: of equal ones the update's count.
    public var condition: WriteCondition?
    /// What comes back.
    public var returnValues = ReturnValues.none
    /// Whether the consumed capacity comes back.
    public var returnsConsumedCapacity = false
    /// Whether sending it twice is as good as once.
    ///
    /// Where it cannot be told whether an attempt was applied (the connection broke, DynamoDB failed
    /// inside), only a request of which this is true is sent again. Nil: it is not, but for one
    /// that changes nothing and has no condition. Say true for an update that only sets values which
    /// do not depend on those that are there; with a condition a second attempt may be refused
    /// because of the first.
    public var isIdempotent: Bool?

    /// Changes an item of a table.
    public init(
        table: String, key: Item, _ update: ItemUpdate?, if condition: WriteCondition? = nil
    ) {
        self.table = table
        self.key = key
        self.update = update
        self.condition = condition
    }
}

extension UpdateItemInput: OperationInput {
    typealias Output = WriteItemOutput
    static let operation = "UpdateItem"
    var effect: OperationEffect {
        .write(
            isIdempotent: isIdempotent
                ?? (update == nil && condition == nil && returnValues == .none))
    }
    var resource: String? { table }

    func write(to fields: inout RequestFields) {
        fields.string("TableName", table)
        fields.item("Key", key)
        fields.string("UpdateExpression", update?.expression)
        fields.condition(condition)
        fields.placeholders(
            (condition?.names ?? [:]).merging(update?.names ?? [:]) { $1 },
            (condition?.values ?? [:]).merging(update?.values ?? [:]) { $1 })
        if returnValues != .none { fields.string("ReturnValues", returnValues.rawValue) }
        fields.consumedCapacity(returnsConsumedCapacity)
    }
}
