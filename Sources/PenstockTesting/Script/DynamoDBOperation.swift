/// An operation of DynamoDB, by its name in the API.
public struct DynamoDBOperation: RawRepresentable, Hashable, Sendable {
    /// The name, as `BatchWriteItem`.
    public let rawValue: String

    /// Names an operation.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Reads several items by their keys.
    public static let batchGetItem = DynamoDBOperation(rawValue: "BatchGetItem")
    /// Puts and deletes up to 25 items.
    public static let batchWriteItem = DynamoDBOperation(rawValue: "BatchWriteItem")
    /// Creates a table.
    public static let createTable = DynamoDBOperation(rawValue: "CreateTable")
    /// Deletes an item.
    public static let deleteItem = DynamoDBOperation(rawValue: "DeleteItem")
    /// Deletes a table with its items.
    public static let deleteTable = DynamoDBOperation(rawValue: "DeleteTable")
    /// Says what a table is and how it is.
    public static let describeTable = DynamoDBOperation(rawValue: "DescribeTable")
    /// Says which attribute a table's items expire by.
    public static let describeTimeToLive = DynamoDBOperation(rawValue: "DescribeTimeToLive")
    /// Reads an item by its key.
    public static let getItem = DynamoDBOperation(rawValue: "GetItem")
    /// Names the tables.
    public static let listTables = DynamoDBOperation(rawValue: "ListTables")
    /// Puts an item in the place of the one with its key.
    public static let putItem = DynamoDBOperation(rawValue: "PutItem")
    /// Reads the items under one hash key.
    public static let query = DynamoDBOperation(rawValue: "Query")
    /// Reads every item.
    public static let scan = DynamoDBOperation(rawValue: "Scan")
    /// Changes attributes of an item.
    public static let updateItem = DynamoDBOperation(rawValue: "UpdateItem")
    /// Chooses the attribute that items expire by.
    public static let updateTimeToLive = DynamoDBOperation(rawValue: "UpdateTimeToLive")
}

extension DynamoDBOperation: CustomStringConvertible {
    /// The name in the API.
    public var description: String { rawValue }
}
