import PenstockDynamoDB
import PenstockTesting
import Testing

/// Records with the versions of keys, each key on one partition, and what must hold of the writes
/// that they become.
struct VersionedWorkload {
    /// The records of each partition in their order.
    let records: [[(key: String, version: Int)]]
    /// The last version of every key.
    let last: [String: Int]

    init(records count: Int, keys: Int, partitions: Int, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var versions = [Int](repeating: 0, count: keys)
        var records = [[(key: String, version: Int)]](repeating: [], count: partitions)
        for _ in 0..<count {
            let key = Int.random(in: 0..<keys, using: &random)
            versions[key] += 1
            records[key % partitions].append(("key-\(key)", versions[key]))
        }
        self.records = records
        var last: [String: Int] = [:]
        for key in 0..<keys where versions[key] > 0 { last["key-\(key)"] = versions[key] }
        self.last = last
    }

    var messages: [Kafka.Message] {
        records.enumerated().flatMap { partition, records in
            records.map {
                Kafka.Message(
                    #"{"k":"\#($0.key)","v":\#($0.version)}"#, key: $0.key,
                    partition: Int32(partition))
            }
        }
    }

    /// Where every partition ends.
    var ends: [Int64] { records.map { Int64($0.count) } }

    /// The versions that a table holds.
    static func versions(in table: TableHandle) -> [String: Int] {
        var versions: [String: Int] = [:]
        for (key, item) in table.itemsByKey { versions[key.hash.string ?? ""] = version(of: item) }
        return versions
    }

    static func version(of item: Item?) -> Int? {
        guard case .n(let text)? = item?["v"] else { return nil }
        return Int(text)
    }
}

/// Follows the log of applied writes.
struct AppliedVersions {
    /// The highest version of each key that was applied so far.
    private var highest: [String: Int] = [:]
    private var seen = 0
    /// Writes that came although a version before them had not been applied.
    private(set) var skips: [String] = []
    /// Writes of a version that had been applied before.
    private(set) var repeats = 0

    /// Reads what has been applied since the last call.
    mutating func follow(_ server: ScriptedDynamoDB) {
        let writes = server.appliedWrites
        for write in writes[seen...] {
            let key = write.key.hash.string ?? ""
            let version = VersionedWorkload.version(of: write.item) ?? -1
            let before = highest[key] ?? 0
            if version > before + 1 { skips.append("\(key): \(version) after \(before)") }
            if version <= before { repeats += 1 }
            highest[key] = max(before, version)
        }
        seen = writes.count
    }

    /// How many of a partition's first records have been applied without a gap.
    func contiguous(_ records: [(key: String, version: Int)]) -> Int {
        records.firstIndex { $0.version > highest[$0.key] ?? 0 } ?? records.count
    }
}
