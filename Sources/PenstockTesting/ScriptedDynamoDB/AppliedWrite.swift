import Penstock
public import PenstockDynamoDB

/// A write that the server applied.
public struct AppliedWrite: Sendable {
    /// Counts the applied writes of all tables, from 1.
    public let sequenceNumber: Int
    /// The number of the request that asked for it, in the log of requests.
    public let requestNumber: Int
    /// The table's name.
    public let table: String
    /// The item's key.
    public let key: ItemKey
    /// The item as it was kept; nil for a deletion.
    public var item: Item? { json.map { Item(stored: Value.reading($0)) } }

    let json: [UInt8]?
}
