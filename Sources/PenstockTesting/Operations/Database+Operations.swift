import Penstock

extension Database {
    /// Carries out a request and returns the reply's body.
    func perform(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        switch request.operation {
        case .batchWriteItem: try batchWriteItem(request)
        case .batchGetItem: try batchGetItem(request)
        case .createTable: try createTable(request)
        case .describeTable: try describeTable(request)
        case .deleteTable: try deleteTable(request)
        case .listTables: try listTables(request)
        case .updateTimeToLive: try updateTimeToLive(request)
        case .describeTimeToLive: try describeTimeToLive(request)
        case .putItem: try putItem(request)
        case .getItem: try getItem(request)
        case .deleteItem: try deleteItem(request)
        case .updateItem: try updateItem(request)
        case .query: try query(request)
        case .scan: try scan(request)
        default: throw ServiceFailure("UnknownOperationException", "The operation is not known.")
        }
    }

    /// The keys that a request names, as far as they can be read.
    func keys(in body: Value, _ operation: DynamoDBOperation) -> [ItemKey] {
        if operation == .batchWriteItem || operation == .batchGetItem {
            return (try? batchKeys(in: body, operation)) ?? []
        }
        guard let table = body["TableName"], let member = body["Key"] ?? body["Item"],
            let schema = try? schema(of: OperationRequest.tableName(table)),
            let key = try? schema.key(member.arena, at: member.index, wording: .other)
        else { return [] }
        return [key]
    }
}

extension OutputBuffer {
    /// Adds an item as it is kept.
    mutating func append(_ item: StoredItem) { item.json.withUnsafeBytes { append($0) } }
}
