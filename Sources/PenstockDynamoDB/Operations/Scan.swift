/// Reads all items of a table or of one segment of it, in no order, a page at a time.
public struct ScanInput: Sendable {
    /// The table's name.
    public var table: String
    /// The index to read; nil for the table itself.
    public var index: String?
    /// Which items come back, in DynamoDB's language; they are paid for all the same.
    public var filter: String?
    /// Which attributes come back; nil for all.
    public var projection: String?
    /// Names of attributes by their placeholders, which begin with `#`.
    public var names: [String: String] = [:]
    /// Values by their placeholders, which begin with `:`.
    public var values: Item = [:]
    /// Whether every write that succeeded before is seen; costs twice.
    public var isConsistent = false
    /// The most items that are read for a page, before the filter.
    public var limit: Int?
    /// Where to go on: ``ItemPage/lastKey`` of the page before.
    public var startKey: Item?
    /// Which part of the table, from 0, of how many; nil for the whole.
    public var segment: (index: Int, count: Int)?
    /// Whether the consumed capacity comes back.
    public var returnsConsumedCapacity = false

    /// Scans a table.
    public init(table: String) { self.table = table }
}

extension ScanInput: OperationInput {
    typealias Output = ItemPage
    static let operation = "Scan"
    var effect: OperationEffect { .none }
    var resource: String? { table }

    func write(to fields: inout RequestFields) {
        fields.string("TableName", table)
        fields.string("IndexName", index)
        fields.string("FilterExpression", filter)
        fields.string("ProjectionExpression", projection)
        fields.placeholders(names, values)
        fields.boolean("ConsistentRead", isConsistent ? true : nil)
        fields.integer("Limit", limit)
        fields.item("ExclusiveStartKey", startKey)
        fields.integer("Segment", segment?.index)
        fields.integer("TotalSegments", segment?.count)
        fields.consumedCapacity(returnsConsumedCapacity)
    }
}
