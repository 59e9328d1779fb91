import Penstock
import PenstockDynamoDB

/// One page of a scan or query while it is filled: up to a number of items or 1 MB.
struct ResultPage {
    private let limit: Int
    private var size = 0
    private(set) var items: [StoredItem] = []
    private(set) var isFull = false

    private static let largest = 1024 * 1024

    init(limit: Int?) { self.limit = limit ?? .max }

    /// Adds an item; the page is full behind the one that reaches a limit.
    mutating func add(_ item: StoredItem) {
        items.append(item)
        size += item.size
        isFull = items.count >= limit || size >= Self.largest
    }

    /// The reply's body; a full page says where the next begins.
    func reply(_ schema: KeySchema, countOnly: Bool) -> [UInt8] {
        var output = OutputBuffer(capacity: countOnly ? 256 : size * 2 + 256)
        output.append("{\"Count\":")
        output.append(Int64(items.count))
        output.append(",\"ScannedCount\":")
        output.append(Int64(items.count))
        if !countOnly {
            output.append(",\"Items\":[")
            for (position, item) in items.enumerated() {
                if position > 0 { output.append(",") }
                output.append(item)
            }
            output.append("]")
        }
        if isFull, let last = items.last {
            output.append(",\"LastEvaluatedKey\":")
            schema.write(last.key, to: &output)
        }
        output.append("}")
        return Array(output.bytes)
    }
}
