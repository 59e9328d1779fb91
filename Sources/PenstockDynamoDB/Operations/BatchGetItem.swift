internal import Penstock

/// Reads up to 100 items of one or more tables by their keys.
public struct BatchGetItemInput: Sendable {
    /// What is read of one table.
    public struct Keys: Sendable {
        /// The keys; none twice.
        public var keys: [Item]
        /// Whether every write that succeeded before is seen; costs twice.
        public var isConsistent = false
        /// Which attributes come back, in DynamoDB's language; nil for all.
        public var projection: String?
        /// Names of attributes by their placeholders, which begin with `#`.
        public var names: [String: String] = [:]

        /// Reads the items under these keys.
        public init(_ keys: [Item], isConsistent: Bool = false) {
            self.keys = keys
            self.isConsistent = isConsistent
        }
    }

    /// The keys by table.
    public var tables: [String: Keys]
    /// Whether the consumed capacity comes back.
    public var returnsConsumedCapacity = false

    /// Reads from tables.
    public init(_ tables: [String: Keys]) { self.tables = tables }
}

/// What a batch of reads gives back.
public struct BatchGetItemOutput: Sendable {
    /// The items that are there, by table, in no order.
    public let items: [String: [Item]]
    /// The keys that were not read and are to be sent again, later and more slowly.
    public let unprocessed: [String: [Item]]
    /// What it took of each table's throughput, where it was asked for.
    public let consumedCapacity: [ConsumedCapacity]
}

extension BatchGetItemInput: OperationInput {
    typealias Output = BatchGetItemOutput
    static let operation = "BatchGetItem"
    var effect: OperationEffect { .none }
    var resource: String? { tables.keys.first }

    func write(to fields: inout RequestFields) {
        fields.object("RequestItems") { requests in
            for (table, keys) in tables {
                requests.object(table) { fields in
                    fields.list("Keys", keys.keys) { $0.value($1) }
                    fields.boolean("ConsistentRead", keys.isConsistent ? true : nil)
                    fields.string("ProjectionExpression", keys.projection)
                    fields.placeholders(keys.names, [:])
                }
            }
        }
        fields.consumedCapacity(returnsConsumedCapacity)
    }
}

extension BatchGetItemOutput: OperationOutput {
    init?(reply: Value) {
        var items: [String: [Item]] = [:]
        for (table, list) in reply["Responses"]?.fields.map({ $0 }) ?? [] {
            guard let list = list.list({ Item(json: $0) }) else { return nil }
            items[table] = list
        }
        var unprocessed: [String: [Item]] = [:]
        for (table, request) in reply["UnprocessedKeys"]?.fields.map({ $0 }) ?? [] {
            guard let keys = request.items("Keys") else { return nil }
            unprocessed[table] = keys
        }
        self.items = items
        self.unprocessed = unprocessed
        consumedCapacity =
            reply["ConsumedCapacity"]?.list { ConsumedCapacity(reply: $0) } ?? []
    }
}
