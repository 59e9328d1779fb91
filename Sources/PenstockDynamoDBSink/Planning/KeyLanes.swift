/// One lane per key: a key's next write waits until its previous one is done.
///
/// Keys are told apart by a 64-bit hash. Two keys that share one share a lane, which costs a wait
/// and nothing else. Writes are numbered by their owner, who bounds how many there are; a lane takes
/// a place in an open-addressing table and no allocation of its own.
struct KeyLanes {
    private struct Lane {
        var hash: UInt64
        /// The last write in the lane, whose successor a new write becomes.
        var last: Int32
    }

    private static let free: Int32 = -1
    private var table: [Lane]
    private var count = 0
    /// The write that waits behind each write; -1 for none.
    private var following: [Int32] = []

    init() { table = Self.emptyTable(1024) }

    /// How many keys have a write that is not done.
    var activeCount: Int { count }

    /// Puts a write at the end of its key's lane.
    ///
    /// - Returns: Whether it is the only one there, and so may go at once.
    mutating func enter(_ write: Int32, hash: UInt64) -> Bool {
        while following.count <= Int(write) { following.append(Self.free) }
        following[Int(write)] = Self.free
        if count * 2 >= table.count { grow() }
        let place = find(hash)
        guard table[place].last == Self.free else {
            following[Int(table[place].last)] = write
            table[place].last = write
            return false
        }
        table[place] = Lane(hash: hash, last: write)
        count += 1
        return true
    }

    /// Takes a write that is done out of the front of its lane.
    ///
    /// - Returns: The write that may go now; nil where none waited.
    mutating func leave(_ write: Int32, hash: UInt64) -> Int32? {
        let next = following[Int(write)]
        guard next == Self.free else { return next }
        let place = find(hash)
        precondition(table[place].last == write, "a write left a lane that it was not in")
        remove(at: place)
        return nil
    }

    // MARK: The table

    private static func emptyTable(_ size: Int) -> [Lane] {
        Array(repeating: Lane(hash: 0, last: free), count: size)
    }

    /// The place of a hash, or the free place where it belongs.
    private func find(_ hash: UInt64) -> Int {
        let mask = table.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while table[place].last != Self.free, table[place].hash != hash {
            place = (place + 1) & mask
        }
        return place
    }

    /// Empties a place and moves up what stood behind it because of it.
    private mutating func remove(at hole: Int) {
        let mask = table.count - 1
        var hole = hole
        var place = hole
        while true {
            place = (place + 1) & mask
            guard table[place].last != Self.free else { break }
            let home = Int(truncatingIfNeeded: table[place].hash) & mask
            if (place &- home) & mask >= (place &- hole) & mask {
                table[hole] = table[place]
                hole = place
            }
        }
        table[hole].last = Self.free
        count -= 1
    }

    private mutating func grow() {
        let lanes = table
        table = Self.emptyTable(lanes.count * 2)
        for lane in lanes where lane.last != Self.free { table[find(lane.hash)] = lane }
    }
}
