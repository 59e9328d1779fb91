/// A container that is being written.
struct OpenContainer {
    /// The index of its token.
    let index: Int
    /// Whether what is added are keys and values in turn.
    let isMap: Bool
    /// Whether two keys may be equal.
    var mayRepeatKeys = false
    /// What was added so far; a map's keys and values count each.
    var added = 0
    /// Which hashes its keys have, one bit each: no two keys are equal while no bit was met twice.
    var keyHashes: InlineArray<4, UInt64> = [0, 0, 0, 0]
}

extension ArenaMemory {
    /// Opens the container whose token was added last.
    @inline(__always)
    mutating func openContainer() {
        precondition(openCount < Self.maximumDepth, "too many open containers")
        let index = tokenCount - 1
        (open + openCount).initialize(
            to: OpenContainer(index: index, isMap: tokens[index].kind == .map))
        openCount += 1
    }

    /// Adds a value's first token and counts it for the container that it stands in.
    @inline(__always)
    mutating func add(_ token: Token) {
        // In two steps: adding may move the tokens.
        let index = append(token)
        countElement(isAt: index)
    }

    /// Counts an element of the innermost open container, and watches a map's keys for repeats.
    @inline(__always)
    func countElement(isAt index: Int) {
        guard openCount > 0 else { return }
        let container = open + (openCount - 1)
        container.pointee.added += 1
        if container.pointee.isMap, container.pointee.added & 1 == 1 { noteKey(at: index) }
    }

    @inline(__always)
    private func noteKey(at index: Int) {
        let container = open + (openCount - 1)
        let token = tokens[index]
        guard token.kind == .string else {
            container.pointee.mayRepeatKeys = true
            return
        }
        let hash = quickHash(token.range)
        let bit = UInt64(1) << (hash & 63)
        let word = Int(truncatingIfNeeded: hash >> 6 & 3)
        if container.pointee.keyHashes[word] & bit != 0 { container.pointee.mayRepeatKeys = true }
        container.pointee.keyHashes[word] |= bit
    }

    /// A hash of the length and the two ends of a key.
    ///
    /// Words may be read beyond it: see `slack`.
    @inline(__always)
    private func quickHash(_ range: ByteRange) -> UInt64 {
        let start = UnsafeRawPointer(bytes + Int(range.offset))
        let count = Int(range.count)
        let head = start.loadUnaligned(as: UInt64.self)
        guard count < 8 else {
            let tail = (start + (count - 8)).loadUnaligned(as: UInt64.self)
            return ((head ^ tail &* 31) &+ UInt64(count)) &* 0x9E37_79B9_7F4A_7C15 >> 32
        }
        let known = head & (UInt64(1) << UInt64(count * 8) &- 1)
        return (known &+ UInt64(count)) &* 0x9E37_79B9_7F4A_7C15 >> 32
    }
}

extension ValueArena {
    /// Closes the innermost open container and returns its finished token.
    @discardableResult
    func closeContainer() -> Token {
        memory.pointee.openCount -= 1
        let container = memory.pointee.open + memory.pointee.openCount
        let index = container.pointee.index
        var token = memory.pointee.tokens[index]
        token.span = UInt32(truncatingIfNeeded: tokenCount - index)
        var count = container.pointee.added
        if container.pointee.isMap {
            precondition(count & 1 == 0, "a map's last key has no value")
            count /= 2
            if container.pointee.mayRepeatKeys { count -= shadowRepeatedKeys(of: index, count) }
        }
        token.payload = UInt64(truncatingIfNeeded: count)
        memory.pointee.tokens[index] = token
        return token
    }

    /// Marks every key that a later pair repeats; returns how many there were.
    @inline(never)
    private func shadowRepeatedKeys(of container: Int, _ count: Int) -> Int {
        let mask = max(8, (count * 2).nextPowerOfTwo) - 1
        return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: mask + 1) { table in
            table.initialize(repeating: 0)
            return shadowRepeatedKeys(of: container, table, mask)
        }
    }

    private func shadowRepeatedKeys(
        of container: Int, _ table: UnsafeMutableBufferPointer<UInt32>, _ mask: Int
    ) -> Int {
        var shadowed = 0
        var index = container + 1
        while index < tokenCount {
            let hash = Value(arena: self, index: index).equalityHash
            var slot = Int(truncatingIfNeeded: hash) & mask
            while table[slot] != 0, !sameKey(Int(table[slot]), index) { slot = (slot + 1) & mask }
            if table[slot] != 0 {
                self[Int(table[slot])].flags.insert(.shadowed)
                shadowed += 1
            }
            table[slot] = UInt32(index)
            index += Int(self[index].span)
            index += Int(self[index].span)
        }
        return shadowed
    }

    private func sameKey(_ lhs: Int, _ rhs: Int) -> Bool {
        Value(arena: self, index: lhs) == Value(arena: self, index: rhs)
    }
}

extension Int {
    fileprivate var nextPowerOfTwo: Int {
        self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
    }
}
