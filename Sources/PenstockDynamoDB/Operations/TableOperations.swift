internal import Penstock

/// Asks what DynamoDB says of a table.
struct DescribeTableInput: OperationInput {
    typealias Output = TableDescription
    static let operation = "DescribeTable"
    var effect: OperationEffect { .none }
    var table: String
    var resource: String? { table }

    func write(to fields: inout RequestFields) { fields.string("TableName", table) }
}

/// Deletes a table with all its items.
struct DeleteTableInput: OperationInput {
    typealias Output = TableDescription
    static let operation = "DeleteTable"
    var effect: OperationEffect { .idempotent }
    var table: String
    var resource: String? { table }

    func write(to fields: inout RequestFields) { fields.string("TableName", table) }
}

/// Asks for the names of the tables, a page at a time.
struct ListTablesInput: OperationInput {
    typealias Output = TablePage
    static let operation = "ListTables"
    var effect: OperationEffect { .none }
    var startAfter: String?
    var limit: Int?

    func write(to fields: inout RequestFields) {
        fields.string("ExclusiveStartTableName", startAfter)
        fields.integer("Limit", limit)
    }
}

/// A page of tables' names.
public struct TablePage: Sendable {
    /// The names, at most 100.
    public let names: [String]
    /// Where the next page begins; nil after the last.
    public let last: String?
}

extension TablePage: OperationOutput {
    init?(reply: Value) {
        guard let names = reply["TableNames"]?.list(\.string) else { return nil }
        self.names = names
        last = reply["LastEvaluatedTableName"]?.string
    }
}

/// Sets which attribute says when an item ends, or that none does.
struct UpdateTimeToLiveInput: OperationInput {
    typealias Output = EmptyOutput
    static let operation = "UpdateTimeToLive"
    var effect: OperationEffect { .idempotent }
    var table: String
    var attribute: String
    var isEnabled: Bool
    var resource: String? { table }

    func write(to fields: inout RequestFields) {
        fields.string("TableName", table)
        fields.object("TimeToLiveSpecification") { specification in
            specification.string("AttributeName", attribute)
            specification.boolean("Enabled", isEnabled)
        }
    }
}

/// A reply of which nothing is of use.
struct EmptyOutput: OperationOutput {
    init?(reply: Value) {}
}
