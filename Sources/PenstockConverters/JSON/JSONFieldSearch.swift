import Penstock

/// Finds an object's values by name.
///
/// Where the object and its schema are large it keeps a table, so that no record takes time with
/// the square of its size.
struct JSONFieldSearch {
    private let container: Int
    private let arena: ValueArena
    /// Values by the hash of their names; nil where walking is quicker.
    private let table: [UInt64: Int]?

    init(of container: Int, in arena: ValueArena, fields: Int) {
        self.container = container
        self.arena = arena
        let count = arena[container].count
        guard fields > 32, count > 32 else {
            table = nil
            return
        }
        var table: [UInt64: Int] = [:]
        table.reserveCapacity(count)
        var index = container + 1
        let end = container + Int(arena[container].span)
        while index < end {
            let key = arena[index]
            if !key.flags.contains(.shadowed) { table[ByteHash.hash(arena[key.range])] = index + 1 }
            index += 1 + Int(arena[index + 1].span)
        }
        self.table = table
    }

    /// The token of the value under a name; nil where there is none.
    func value(_ name: [UInt8]) -> Int? {
        name.withUnsafeBytes { name in
            guard let table else { return arena.field(name, of: container) }
            guard let value = table[ByteHash.hash(name)] else { return nil }
            // Two names of one hash are as good as impossible, and then walking finds the right one.
            if arena[arena[value - 1].range].equals(name) { return value }
            return arena.field(name, of: container)
        }
    }
}
