public import Penstock

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
    /// The item as DynamoDB JSON, as it was kept; nil for a deletion.
    public var item: Value? { json.map(Value.reading) }

    let json: [UInt8]?
}
