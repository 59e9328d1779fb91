/// A fast hash of bytes with a seed of the process, for tables that hostile input fills.
///
/// It decides where to look, never whether two things are equal.
package enum ByteHash {
    private static let seed: (UInt64, UInt64) = {
        var random = SystemRandomNumberGenerator()
        return (random.next() | 1, random.next() | 1)
    }()

    /// The hash of bytes, continued from an earlier one.
    package static func hash(_ bytes: UnsafeRawBufferPointer, into start: UInt64 = 0) -> UInt64 {
        let (seed, multiplier) = seed
        var state = start ^ seed ^ UInt64(truncatingIfNeeded: bytes.count)
        var offset = 0
        while offset + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            state = mix(state ^ word, multiplier)
            offset += 8
        }
        if offset < bytes.count {
            var word: UInt64 = 0
            while offset < bytes.count {
                word = word << 8 | UInt64(bytes[offset])
                offset += 1
            }
            state = mix(state ^ word, multiplier)
        }
        return mix(state, 0x9E37_79B9_7F4A_7C15)
    }

    @inline(__always)
    private static func mix(_ lhs: UInt64, _ rhs: UInt64) -> UInt64 {
        let product = lhs.multipliedFullWidth(by: rhs)
        return product.high ^ product.low
    }
}
