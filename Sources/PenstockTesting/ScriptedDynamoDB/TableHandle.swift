public import PenstockDynamoDB
import Synchronization

/// A table of a scripted server, looked at from the test.
public struct TableHandle: Sendable {
    /// The table's name.
    public let name: String
    let database: Database

    /// Whether there is such a table.
    public var exists: Bool { database.state.withLock { $0.tables[name] != nil } }

    /// How many items it has; 0 where there is no such table.
    public var count: Int { database.state.withLock { $0.tables[name]?.contents.count ?? 0 } }

    /// The items with numbers in DynamoDB's own spelling: hash keys in the order of
    /// their first write, under each in the order of the sort keys.
    public var items: [Item] { stored.map(\.item) }

    /// The items by key.
    public var itemsByKey: [ItemKey: Item] {
        Dictionary(stored.map { ($0.key, $0.item) }, uniquingKeysWith: { $1 })
    }

    /// The item under a key; nil where there is none.
    public subscript(_ key: ItemKey) -> Item? {
        database.state.withLock { $0.tables[name]?.contents[key] }?.item
    }

    /// The item under a hash key, and a sort key where the table has one; nil where there is none.
    public subscript(_ hash: KeyValue, _ sort: KeyValue? = nil) -> Item? {
        self[ItemKey(hash: hash, sort: sort)]
    }

    private var stored: [StoredItem] {
        let partitions = database.state.withLock { $0.tables[name]?.contents.partitions ?? [] }
        return partitions.flatMap(\.items)
    }
}
