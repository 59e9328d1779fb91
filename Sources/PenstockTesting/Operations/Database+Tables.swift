import Glibc
import Penstock
import Synchronization

extension Database {
    func createTable(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        let name = try request.tableName()
        try TableDocument.check(name)
        try request.refuse("GlobalSecondaryIndexes", "LocalSecondaryIndexes")
        let schema = try TableDocument.schema(of: request.body)
        let isOnDemand = request.body["BillingMode"]?.string == "PAY_PER_REQUEST"
        guard isOnDemand || request.body["ProvisionedThroughput"] != nil else {
            throw .validation("No provisioned throughput specified for the table")
        }
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let table: StoredTable? = state.withLock { state in
            guard state.tables[name] == nil else { return nil }
            let table = StoredTable(
                name: name, schema: schema, isOnDemand: isOnDemand, createdAt: Double(now.tv_sec),
                describesLeft: state.creatingCalls)
            state.tables[name] = table
            return table
        }
        guard let table else {
            throw ServiceFailure("ResourceInUseException", "Table already exists: \(name)")
        }
        return TableDocument.json(table, under: "TableDescription")
    }

    func describeTable(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        let name = try request.tableName()
        let table: StoredTable? = state.withLock { state in
            let table = state.tables[name]
            if table?.isCreating == true { state.tables[name]?.describesLeft -= 1 }
            return table
        }
        guard let table else { throw .noSuchTable(name) }
        return TableDocument.json(table, under: "Table")
    }

    func deleteTable(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        let name = try request.tableName()
        let table = try state.withLock { state throws(ServiceFailure) in
            guard let table = state.tables[name] else { throw .noSuchTable(name) }
            guard !table.isCreating else {
                throw ServiceFailure(
                    "ResourceInUseException",
                    "Attempt to change a resource which is still in use: Table is being created")
            }
            state.tables[name] = nil
            return table
        }
        return TableDocument.json(table, status: "DELETING", under: "TableDescription")
    }

    func listTables(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        let limit = try request.positive("Limit") ?? 100
        let start = request.body["ExclusiveStartTableName"]?.string
        let names = state.withLock { $0.tables.keys.sorted() }.drop { name in
            start.map { name <= $0 } ?? false
        }
        var output = OutputBuffer()
        output.append("{\"TableNames\":[")
        for (position, name) in names.prefix(limit).enumerated() {
            if position > 0 { output.append(",") }
            output.appendText(name)
        }
        output.append("]")
        if names.count > limit, let last = names.prefix(limit).last {
            output.append(",\"LastEvaluatedTableName\":")
            output.appendText(last)
        }
        output.append("}")
        return Array(output.bytes)
    }
}
