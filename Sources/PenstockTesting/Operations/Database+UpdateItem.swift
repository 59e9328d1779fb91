import Penstock
import PenstockDynamoDB
import Synchronization

extension Database {
    /// Knows `SET name = :value, ...` and `REMOVE name, ...` for attributes at the item's top.
    func updateItem(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        try request.refuse(
            "ConditionExpression", "Expected", "ConditionalOperator", "AttributeUpdates")
        let table = try request.tableName()
        let schema = try schema(of: table)
        let member = try request.map("Key")
        let key = try schema.exactKey(member.arena, at: member.index)
        let changes = try Self.changes(request.body)
        for name in changes.keys where schema.attributes.contains(where: { $0.name == name }) {
            throw .invalidParameter(
                "Cannot update attribute \(name). This attribute is part of the key")
        }
        let (old, new) = try state.withLock { state throws(ServiceFailure) in
            let old = state.tables[table]?.contents[key]
            let changed = Self.change(old?.value ?? member, changes)
            let new = try schema.item(changed.arena, at: changed.index, wording: .put)
            try state.apply(
                ItemChange(table: table, key: key, item: new), request: request.number)
            return (old, new)
        }
        return try Self.reply(old: old, new: new, request)
    }

    /// The new values of attributes; `nil` for those to be removed.
    private static func changes(_ body: Value) throws(ServiceFailure) -> [String: Value?] {
        guard let text = body["UpdateExpression"]?.string else { return [:] }
        var scanner = ExpressionScanner(text, body)
        var changes: [String: Value?] = [:]
        while !scanner.isAtEnd {
            let sets = scanner.take("SET")
            if !sets { try scanner.expect("REMOVE") }
            repeat {
                let name = try scanner.attributeName()
                if sets { try scanner.expect("=") }
                // A bare `nil` would be the value null.
                let value: Value? = sets ? try scanner.value() : Value?.none
                changes.updateValue(value, forKey: name)
            } while scanner.take(",")
        }
        return changes
    }

    private static func change(_ item: Value, _ changes: [String: Value?]) -> Value {
        .build { builder in
            builder.beginMap()
            for (name, value) in item.fields where !changes.keys.contains(name) {
                builder.key(name)
                builder.value(value)
            }
            for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
                guard let value else { continue }
                builder.key(name)
                builder.value(value)
            }
            builder.end()
        }
    }
}
