/// The writes that are not done, by number; numbers are used again.
struct WritePool {
    /// One record on its way to one item.
    struct Write {
        var hash: UInt64
        /// The batch of records that it came in, and its place there.
        var source: Int32
        var record: Int32
        var table: Int32
        /// The slot of its partition.
        var slot: Int32
        /// Whether nobody waits for it any more: it is not sent where it was not sent yet.
        var isAbandoned = false
    }

    private var writes: [Write] = []
    private var free: [Int32] = []

    /// How many there are.
    var count: Int { writes.count - free.count }

    subscript(number: Int32) -> Write {
        get { writes[Int(number)] }
        set { writes[Int(number)] = newValue }
    }

    mutating func add(_ write: Write) -> Int32 {
        if let number = free.popLast() {
            writes[Int(number)] = write
            return number
        }
        writes.append(write)
        return Int32(writes.count - 1)
    }

    mutating func remove(_ number: Int32) {
        writes[Int(number)].source = -1
        free.append(number)
    }

    /// Marks every write of some partitions as abandoned.
    mutating func abandon(_ slots: Set<Int32>) {
        for index in writes.indices
        where writes[index].source >= 0 && slots.contains(writes[index].slot) {
            writes[index].isAbandoned = true
        }
    }
}
