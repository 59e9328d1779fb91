import Penstock
import PenstockDynamoDB
import Synchronization

/// The tables, and the log of what was applied to them.
final class Database: Sendable {
    let state: Mutex<State>

    struct State {
        var tables: [String: StoredTable] = [:]
        let creatingCalls: Int
        let keepsLog: Bool
        fileprivate(set) var writes: [AppliedWrite] = []
        fileprivate(set) var writeCount = 0
    }

    init(creatingCalls: Int, keepsLog: Bool) {
        state = Mutex(State(creatingCalls: creatingCalls, keepsLog: keepsLog))
    }

    /// The key attributes of a table that can be read and written.
    func schema(of table: String) throws(ServiceFailure) -> KeySchema {
        let schema = state.withLock { state in
            state.tables[table].flatMap { $0.isCreating ? nil : $0.schema }
        }
        guard let schema else { throw .noSuchTable }
        return schema
    }
}

/// One change of one item.
struct ItemChange {
    let table: String
    let key: ItemKey
    /// The item to put; `nil` to delete.
    let item: StoredItem?
}

extension Database.State {
    /// Applies a change and returns the item that was there before.
    @discardableResult
    mutating func apply(
        _ change: ItemChange, request: Int
    ) throws(ServiceFailure) -> StoredItem? {
        guard tables[change.table]?.isCreating == false else { throw .noSuchTable }
        let old =
            if let item = change.item {
                tables[change.table]?.contents.put(item)
            } else {
                tables[change.table]?.contents.remove(change.key)
            }
        writeCount += 1
        if keepsLog {
            writes.append(
                AppliedWrite(
                    sequenceNumber: writeCount, requestNumber: request, table: change.table,
                    key: change.key, json: change.item?.json))
        }
        return old ?? nil
    }
}
