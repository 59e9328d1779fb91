/// A key of HMAC-SHA-256, with the parts of the computation that depend on it alone done ahead.
struct HMACKey: ~Copyable {
    private let inner: SHA256Context
    private let outer: SHA256Context
    private var scratch: SHA256Context

    /// Prepares a key of any length.
    init(_ key: RawSpan) throws(SigningError) {
        var scratch = try SHA256Context()
        var block = SHA256Block()
        // The algorithm takes longer keys by their digest.
        if key.byteCount <= 64 {
            block.set(key)
        } else {
            block.set(try scratch.digest(key).bytes.span.bytes)
        }
        let inner = try Self.context(block.xored(with: 0x36))
        let outer = try Self.context(block.xored(with: 0x5C))
        self.inner = inner
        self.outer = outer
        self.scratch = scratch
    }

    private static func context(_ block: SHA256Block) throws(SigningError) -> SHA256Context {
        var context = try SHA256Context()
        try context.start()
        try context.update(block.bytes.span.bytes)
        return context
    }

    /// The code of a message under this key.
    mutating func code(_ message: RawSpan) throws(SigningError) -> SHA256Digest {
        try scratch.start(from: inner)
        try scratch.update(message)
        let digest = try scratch.finish()
        try scratch.start(from: outer)
        try scratch.update(digest.bytes.span.bytes)
        return try scratch.finish()
    }
}

/// The 64 bytes that SHA-256 takes in at once.
private struct SHA256Block {
    var bytes = InlineArray<64, UInt8>(repeating: 0)

    mutating func set(_ key: RawSpan) {
        for index in key.byteOffsets {
            bytes[index] = key.unsafeLoad(fromByteOffset: index, as: UInt8.self)
        }
    }

    func xored(with pad: UInt8) -> SHA256Block {
        var copy = self
        for index in bytes.indices { copy.bytes[index] ^= pad }
        return copy
    }
}
