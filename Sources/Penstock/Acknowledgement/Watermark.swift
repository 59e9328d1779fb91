/// How far one partition is done: a position moves only over a contiguous run of resolved records.
///
/// Records are added in the order in which they were read and resolved in any order. What is
/// remembered is 8 bytes a record between the first unresolved one and the last one read, which
/// whoever adds bounds: a worker by a million.
package struct Watermark: Sendable {
    /// Offsets shifted left by one; the lowest bit says resolved.
    ///
    /// A ring of a power of two.
    private var ring: [Int64] = []
    private var head: UInt64 = 0
    private var tail: UInt64 = 0

    /// The offset to commit: one behind the last record of the contiguous resolved prefix.
    ///
    /// Nil until a record is resolved.
    package private(set) var position: Int64?

    package init() {}

    /// The records that were added and are not yet behind the position.
    package var pending: Int { Int(tail - head) }

    /// Notes a record that was read; returns the number by which it is resolved.
    package mutating func add(offset: Int64) -> UInt64 {
        if pending == ring.count { grow() }
        ring[Int(truncatingIfNeeded: tail) & (ring.count - 1)] = offset << 1
        tail += 1
        return tail - 1
    }

    /// Notes that a record is done with, and moves the position as far as it may.
    ///
    /// - Precondition: The record was added, and is resolved for the first time.
    package mutating func resolve(_ number: UInt64) {
        precondition(number >= head && number < tail, "resolved a record that is not pending")
        let mask = ring.count - 1
        let place = Int(truncatingIfNeeded: number) & mask
        precondition(ring[place] & 1 == 0, "resolved a record twice")
        ring[place] |= 1
        while head < tail, ring[Int(truncatingIfNeeded: head) & mask] & 1 == 1 {
            position = ring[Int(truncatingIfNeeded: head) & mask] >> 1 + 1
            head += 1
        }
    }

    private mutating func grow() {
        var larger = [Int64](repeating: 0, count: max(64, ring.count * 2))
        for number in head..<tail {
            larger[Int(truncatingIfNeeded: number) & (larger.count - 1)] =
                ring[Int(truncatingIfNeeded: number) & (ring.count - 1)]
        }
        ring = larger
    }
}
