/// A container that is being written.
struct OpenContainer {
    /// The index of its token.
    let index: Int
    /// What was added so far; a map's keys and values count each.
    var added = 0
    /// Which hashes its keys have, one bit each: no two keys are equal while no bit was met twice.
    var keyHashes: InlineArray<4, UInt64> = [0, 0, 0, 0]
    /// Whether two keys may be equal.
    var mayRepeatKeys = false

    init(index: Int) { self.index = index }
}

extension ValueArena {
    /// Opens the container whose token was added last.
    func openContainer() { open.append(OpenContainer(index: tokenCount - 1)) }

    /// Counts an element of the innermost open container, and watches a map's keys for repeats.
    @inline(__always)
    func countElement(isAt index: Int) {
        guard let last = open.indices.last else { return }
        open[last].added += 1
        let isKey = open[last].added & 1 == 1 && self[open[last].index].kind == .map
        if isKey { noteKey(at: index, in: last) }
    }

    @inline(__always)
    private func noteKey(at index: Int, in place: Int) {
        guard self[index].kind == .string else {
            open[place].mayRepeatKeys = true
            return
        }
        let hash = keyHash(at: index)
        let word = Int(hash & 3)
        let bit = UInt64(1) << (hash >> 2 & 63)
        if open[place].keyHashes[word] & bit != 0 { open[place].mayRepeatKeys = true }
        open[place].keyHashes[word] |= bit
    }

    /// Closes the innermost open container and returns its finished token.
    @discardableResult
    func closeContainer() -> Token {
        let container = open.removeLast()
        var token = self[container.index]
        token.span = UInt32(tokenCount - container.index)
        var count = container.added
        if token.kind == .map {
            precondition(count & 1 == 0, "a map's last key has no value")
            count /= 2
            if container.mayRepeatKeys { count -= shadowRepeatedKeys(of: container.index, count) }
        }
        token.payload = UInt64(count)
        self[container.index] = token
        return token
    }

    /// Drops what was begun and not ended, after a conversion that failed.
    func abandonContainers(to floor: Int) { open.removeSubrange(floor...) }

    /// Marks every key that a later pair repeats; returns how many there were.
    private func shadowRepeatedKeys(of container: Int, _ count: Int) -> Int {
        let mask = max(8, (count * 2).nextPowerOfTwo) - 1
        keyTable.removeAll(keepingCapacity: true)
        keyTable.append(contentsOf: repeatElement(0, count: mask + 1))
        var shadowed = 0
        var index = container + 1
        while index < tokenCount {
            var slot = Int(truncatingIfNeeded: keyHash(at: index)) & mask
            while keyTable[slot] != 0, !sameKey(Int(keyTable[slot]), index) {
                slot = (slot + 1) & mask
            }
            if keyTable[slot] != 0 {
                self[Int(keyTable[slot])].flags.insert(.shadowed)
                shadowed += 1
            }
            keyTable[slot] = UInt32(index)
            index += Int(self[index].span)
            index += Int(self[index].span)
        }
        return shadowed
    }

    private func sameKey(_ lhs: Int, _ rhs: Int) -> Bool {
        Value(arena: self, index: lhs) == Value(arena: self, index: rhs)
    }

    /// A hash of a key, seeded per process: nobody outside can choose keys that collide.
    private func keyHash(at index: Int) -> UInt64 {
        let token = self[index]
        guard token.kind == .string else { return UInt64(token.kind.rawValue) }
        return ByteHash.hash(self[token.range])
    }
}

extension Int {
    fileprivate var nextPowerOfTwo: Int {
        self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
    }
}
