import Penstock
import PenstockDynamoDB

/// A table with its items.
struct StoredTable {
    let name: String
    let schema: KeySchema
    let isOnDemand: Bool
    /// Seconds since the epoch.
    let createdAt: Double
    /// How many more calls of DescribeTable see the table in CREATING.
    var describesLeft: Int
    var timeToLiveAttribute: String?
    var contents = TableContents()

    var isCreating: Bool { describesLeft > 0 }
}
