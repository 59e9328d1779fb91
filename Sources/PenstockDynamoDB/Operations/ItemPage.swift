internal import Penstock

/// A page of items, of at most one megabyte before filters.
public struct ItemPage: Sendable {
    /// The items; may be none although more pages follow.
    public let items: [Item]
    /// Where the next page begins; nil after the last.
    public let lastKey: Item?
    /// How many items were read for the page, before the filter.
    public let scannedCount: Int
    /// What it took of the throughput, where it was asked for.
    public let consumedCapacity: ConsumedCapacity?
}

extension ItemPage: OperationOutput {
    init?(reply: Value) {
        guard let items = reply.items("Items"), let lastKey = reply.item("LastEvaluatedKey") else {
            return nil
        }
        self.items = items
        self.lastKey = lastKey.value
        scannedCount = reply["ScannedCount"]?.integer.map { Int($0) } ?? items.count
        consumedCapacity = ConsumedCapacity(reply: reply["ConsumedCapacity"])
    }
}
