import Penstock
import Synchronization

extension Database {
    func putItem(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        try request.refuse("ConditionExpression", "Expected", "ConditionalOperator")
        let table = try request.tableName()
        let schema = try schema(of: table)
        let member = try request.map("Item")
        let item = try schema.item(member.arena, at: member.index, wording: .put)
        let old = try apply(ItemChange(table: table, key: item.key, item: item), request)
        return try Self.reply(old: old, new: item, request)
    }

    func deleteItem(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        try request.refuse("ConditionExpression", "Expected", "ConditionalOperator")
        let table = try request.tableName()
        let schema = try schema(of: table)
        let member = try request.map("Key")
        let key = try schema.exactKey(member.arena, at: member.index)
        let old = try apply(ItemChange(table: table, key: key, item: nil), request)
        return try Self.reply(old: old, new: nil, request)
    }

    func getItem(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        try request.refuse("ProjectionExpression", "AttributesToGet")
        let table = try request.tableName()
        let schema = try schema(of: table)
        let member = try request.map("Key")
        let key = try schema.exactKey(member.arena, at: member.index)
        let item = state.withLock { $0.tables[table]?.contents[key] }
        var output = OutputBuffer()
        output.append(item == nil ? "{" : "{\"Item\":")
        if let item { output.append(item) }
        output.append("}")
        return Array(output.bytes)
    }

    private func apply(
        _ change: ItemChange, _ request: OperationRequest
    ) throws(ServiceFailure) -> StoredItem? {
        try state.withLock { state throws(ServiceFailure) in
            try state.apply(change, request: request.number)
        }
    }

    /// The body for an item's change, by `ReturnValues`.
    static func reply(
        old: StoredItem?, new: StoredItem?, _ request: OperationRequest
    ) throws(ServiceFailure) -> [UInt8] {
        let item: StoredItem?
        switch request.body["ReturnValues"]?.string ?? "NONE" {
        case "NONE": item = nil
        case "ALL_OLD": item = old
        case "ALL_NEW" where request.operation == .updateItem: item = new
        default:
            throw .validation("ReturnValues can only be NONE, ALL_OLD or, for updates, ALL_NEW")
        }
        var output = OutputBuffer()
        output.append(item == nil ? "{" : "{\"Attributes\":")
        if let item { output.append(item) }
        output.append("}")
        return Array(output.bytes)
    }
}
