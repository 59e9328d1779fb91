extension UnsafeRawBufferPointer {
    /// Whether both hold the same bytes.
    @inline(__always)
    package func equals(_ other: UnsafeRawBufferPointer) -> Bool {
        count == other.count && other.begins(with: self)
    }

    /// Whether the first bytes are those of another.
    ///
    /// Words are compared: byte by byte it takes five times as long.
    package func begins(with other: UnsafeRawBufferPointer) -> Bool {
        guard count >= other.count else { return false }
        var offset = 0
        while offset + 8 <= other.count {
            let left = loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let right = other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard left == right else { return false }
            offset += 8
        }
        while offset < other.count {
            guard self[offset] == other[offset] else { return false }
            offset += 1
        }
        return true
    }
}
