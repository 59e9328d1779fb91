/// Reads items under one hash key, in the order of their sort keys, a page at a time.
public struct QueryInput: Sendable {
    /// The table's name.
    public var table: String
    /// The index to read; nil for the table itself.
    public var index: String?
    /// Which keys, in DynamoDB's language: `customer = :c AND placedAt > :t`.
    public var keyCondition: String
    /// Which of these items come back; they are paid for all the same.
    public var filter: String?
    /// Which attributes come back; nil for all.
    public var projection: String?
    /// Names of attributes by their placeholders, which begin with `#`.
    public var names: [String: String]
    /// Values by their placeholders, which begin with `:`.
    public var values: Item
    /// Whether sort keys rise.
    public var isAscending = true
    /// Whether every write that succeeded before is seen; costs twice.
    public var isConsistent = false
    /// The most items that are read for a page, before the filter.
    public var limit: Int?
    /// Where to go on: ``ItemPage/lastKey`` of the page before.
    public var startKey: Item?
    /// Whether the consumed capacity comes back.
    public var returnsConsumedCapacity = false

    /// Queries a table.
    public init(
        table: String, keyCondition: String, names: [String: String] = [:], values: Item = [:]
    ) {
        self.table = table
        self.keyCondition = keyCondition
        self.names = names
        self.values = values
    }
}

extension QueryInput: OperationInput {
    typealias Output = ItemPage
    static let operation = "Query"
    var effect: OperationEffect { .none }
    var resource: String? { table }

    func write(to fields: inout RequestFields) {
        fields.string("TableName", table)
        fields.string("IndexName", index)
        fields.string("KeyConditionExpression", keyCondition)
        fields.string("FilterExpression", filter)
        fields.string("ProjectionExpression", projection)
        fields.placeholders(names, values)
        fields.boolean("ScanIndexForward", isAscending ? nil : false)
        fields.boolean("ConsistentRead", isConsistent ? true : nil)
        fields.integer("Limit", limit)
        fields.item("ExclusiveStartKey", startKey)
        fields.consumedCapacity(returnsConsumedCapacity)
    }
}
