import Penstock
import PenstockDynamoDB
import Synchronization

extension Database {
    private static let mostWrites = 25

    func batchWriteItem(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        let batch = try writes(of: request)
        let undone = request.unprocessed.choose(of: batch.map(\.change.key))
        try state.withLock { state throws(ServiceFailure) in
            // The whole batch is refused if one of its tables went meanwhile.
            for write in batch where state.tables[write.change.table]?.isCreating != false {
                throw .noSuchTable
            }
            for (position, write) in batch.enumerated() where !undone.contains(position) {
                try state.apply(write.change, request: request.number)
            }
        }
        return Self.reply(batch, undone, in: request.body.arena)
    }

    /// One request of the batch and the token that it stands at.
    private struct BatchWrite {
        let change: ItemChange
        let index: Int
    }

    private func writes(of request: OperationRequest) throws(ServiceFailure) -> [BatchWrite] {
        let tables = try request.map("RequestItems")
        let count = tables.fields.reduce(0) { $0 + $1.value.count }
        guard count > 0 else {
            throw .validation(
                "The batch write request list for a table cannot be null or empty")
        }
        guard count <= Self.mostWrites else {
            throw .validation("Too many items requested for the BatchWriteItem call")
        }
        var batch: [BatchWrite] = []
        batch.reserveCapacity(count)
        for (name, list) in tables.fields {
            guard list.kind == .array else { throw .serialization() }
            guard list.count > 0 else {
                throw .validation(
                    "The batch write request list for a table cannot be null or empty")
            }
            let table = try OperationRequest.tableName(.build { $0.string(name) })
            let schema = try schema(of: table)
            var keys: Set<ItemKey> = []
            for element in list.elements {
                let change = try Self.change(element, table, schema)
                guard keys.insert(change.key).inserted else {
                    throw .validation("Provided list of item keys contains duplicates")
                }
                batch.append(BatchWrite(change: change, index: element.index))
            }
        }
        return batch
    }

    private static func change(
        _ element: Value, _ table: String, _ schema: KeySchema
    ) throws(ServiceFailure) -> ItemChange {
        let put = element["PutRequest"]
        let delete = element["DeleteRequest"]
        guard element.count == 1 else {
            throw .validation("A write request must be either a PutRequest or a DeleteRequest")
        }
        if let item = put?["Item"] {
            let item = try schema.item(item.arena, at: item.index, wording: .other)
            return ItemChange(table: table, key: item.key, item: item)
        }
        guard let key = delete?["Key"] else { throw .serialization() }
        return ItemChange(
            table: table, key: try schema.exactKey(key.arena, at: key.index), item: nil)
    }

    private static func reply(
        _ batch: [BatchWrite], _ undone: Set<Int>, in arena: ValueArena
    ) -> [UInt8] {
        var output = OutputBuffer()
        output.append("{\"UnprocessedItems\":{")
        var table: String?
        for position in undone.sorted() {
            let write = batch[position]
            if write.change.table != table {
                if table != nil { output.append("],") }
                output.appendText(write.change.table)
                output.append(":[")
                table = write.change.table
            } else {
                output.append(",")
            }
            JSONWriter.write(arena, write.index, to: &output)
        }
        output.append(table == nil ? "}}" : "]}}")
        return Array(output.bytes)
    }

    /// The keys of a batch, for the script.
    func batchKeys(
        in body: Value, _ operation: DynamoDBOperation
    ) throws(ServiceFailure) -> [ItemKey] {
        var keys: [ItemKey] = []
        for (name, list) in body["RequestItems"]?.fields ?? Value.null.fields {
            let schema = try schema(of: OperationRequest.tableName(.build { $0.string(name) }))
            for element in (operation == .batchGetItem ? list["Keys"] ?? .null : list).elements {
                let member =
                    element["PutRequest"]?["Item"] ?? element["DeleteRequest"]?["Key"] ?? element
                keys.append(try schema.key(member.arena, at: member.index, wording: .other))
            }
        }
        return keys
    }
}
