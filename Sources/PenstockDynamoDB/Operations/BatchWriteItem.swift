internal import Penstock

/// Puts and deletes up to 25 items of one or more tables; each by itself, in no order.
public struct BatchWriteItemInput: Sendable {
    /// One write of a batch.
    public enum Write: Sendable, Hashable {
        /// Puts an item.
        case put(Item)
        /// Deletes the item under a key.
        case delete(key: Item)
    }

    /// The writes by table; no key twice.
    public var writes: [String: [Write]]
    /// Whether the consumed capacity comes back.
    public var returnsConsumedCapacity = false

    /// Writes into tables.
    public init(_ writes: [String: [Write]]) { self.writes = writes }
}

/// What a batch of writes gives back.
public struct BatchWriteItemOutput: Sendable {
    /// The writes that did not happen and are to be sent again, later and more slowly.
    public let unprocessed: [String: [BatchWriteItemInput.Write]]
    /// What it took of each table's throughput, where it was asked for.
    public let consumedCapacity: [ConsumedCapacity]
}

extension BatchWriteItemInput: OperationInput {
    typealias Output = BatchWriteItemOutput
    static let operation = "BatchWriteItem"
    var effect: OperationEffect { .idempotent }
    var resource: String? { writes.keys.first }

    func write(to fields: inout RequestFields) {
        fields.object("RequestItems") { tables in
            for (table, writes) in writes {
                tables.list(table, writes) { $0.write($1) }
            }
        }
        fields.consumedCapacity(returnsConsumedCapacity)
    }
}

extension RequestFields {
    fileprivate mutating func write(_ write: BatchWriteItemInput.Write) {
        object { fields in
            switch write {
            case .put(let item): fields.object("PutRequest") { $0.item("Item", item) }
            case .delete(let key): fields.object("DeleteRequest") { $0.item("Key", key) }
            }
        }
    }
}

extension BatchWriteItemOutput: OperationOutput {
    init?(reply: Value) {
        var unprocessed: [String: [BatchWriteItemInput.Write]] = [:]
        for (table, writes) in reply["UnprocessedItems"]?.fields.map({ $0 }) ?? [] {
            guard let writes = writes.list(BatchWriteItemInput.Write.init(reply:)) else {
                return nil
            }
            unprocessed[table] = writes
        }
        self.unprocessed = unprocessed
        consumedCapacity =
            reply["ConsumedCapacity"]?.list { ConsumedCapacity(reply: $0) } ?? []
    }
}

extension BatchWriteItemInput.Write {
    fileprivate init?(reply: Value) {
        if let item = reply["PutRequest"]?["Item"].flatMap({ Item(json: $0) }) {
            self = .put(item)
        } else if let key = reply["DeleteRequest"]?["Key"].flatMap({ Item(json: $0) }) {
            self = .delete(key: key)
        } else {
            return nil
        }
    }
}
