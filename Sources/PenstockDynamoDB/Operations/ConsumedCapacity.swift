internal import Penstock

/// What an operation took of a table's throughput.
public struct ConsumedCapacity: Hashable, Sendable {
    /// The table's name, or its ARN.
    public let table: String
    /// Units, of reading or writing as the operation is.
    public let units: Double

    init?(reply: Value?) {
        guard let reply, let table = reply["TableName"]?.string else { return nil }
        self.table = table
        units = reply["CapacityUnits"]?.double ?? 0
    }
}

extension RequestFields {
    /// Asks for the consumed capacity.
    mutating func consumedCapacity(_ wanted: Bool) {
        if wanted { string("ReturnConsumedCapacity", "TOTAL") }
    }
}
