/// The memory behind values: bytes, and the tokens that point into them.
///
/// A batch of records has one arena. It grows by doubling, is never shrunk while it is in use, and
/// holds at most 4 GiB of bytes and 2^31 tokens, bounds that the runtime's budget of bytes in hand
/// keeps far away.
///
/// `@unchecked Sendable`: an arena is written by one owner only, before anyone else sees it (a
/// batch while it is filled and converted, a builder until it is finished); from then on it is
/// only read. It is written again only after `isKnownUniquelyReferenced` has shown that nobody
/// kept a value of it.
///
/// Behind its last byte an arena always has eight more that may be read: words are loaded whole.
package final class ValueArena: @unchecked Sendable {
    private(set) var bytes: UnsafeMutableRawPointer
    private(set) var byteCapacity: Int
    package private(set) var byteCount = 0

    private(set) var tokens: UnsafeMutablePointer<Token>
    private(set) var tokenCapacity: Int
    package private(set) var tokenCount = 0

    /// Schemas by the number that tokens carry; the first place stands for none.
    private var schemas: [Schema?] = [nil]
    private var lastSchema: (schema: Schema, number: UInt16)?

    /// The containers that are being written, outermost first; kept to save an allocation a value.
    var open: [OpenContainer] = []
    /// A hash table for the keys of one map, kept likewise.
    var keyTable: [UInt32] = []

    private static let slack = 8

    package init(byteCapacity: Int = 256, tokenCapacity: Int = 16) {
        self.byteCapacity = max(byteCapacity, 16)
        self.tokenCapacity = max(tokenCapacity, 4)
        bytes = .allocate(byteCount: self.byteCapacity + Self.slack, alignment: 16)
        tokens = .allocate(capacity: self.tokenCapacity)
    }

    deinit {
        bytes.deallocate()
        tokens.deallocate()
    }

    /// Forgets what it holds and keeps its memory, up to the given number of bytes.
    package func reset(keeping limit: Int) {
        byteCount = 0
        tokenCount = 0
        schemas.removeSubrange(1...)
        lastSchema = nil
        open.removeAll(keepingCapacity: true)
        if byteCapacity > limit {
            bytes.deallocate()
            byteCapacity = 256
            bytes = .allocate(byteCount: byteCapacity + Self.slack, alignment: 16)
        }
        if tokenCapacity * MemoryLayout<Token>.stride > limit {
            tokens.deallocate()
            tokenCapacity = 16
            tokens = .allocate(capacity: tokenCapacity)
        }
    }
}

// MARK: - Bytes

extension ValueArena {
    /// Makes room for so many more bytes; moves what is there where it must.
    package func reserveBytes(_ more: Int) {
        let needed = byteCount + more
        guard needed > byteCapacity else { return }
        precondition(needed <= Int(UInt32.max), "an arena holds at most 4 GiB")
        let capacity = max(needed, byteCapacity * 2)
        let grown = UnsafeMutableRawPointer.allocate(
            byteCount: capacity + Self.slack, alignment: 16)
        grown.copyMemory(from: bytes, byteCount: byteCount)
        bytes.deallocate()
        bytes = grown
        byteCapacity = capacity
    }

    /// Copies bytes to the arena's end.
    package func append(_ source: UnsafeRawBufferPointer) -> ByteRange {
        reserveBytes(source.count)
        let range = ByteRange(offset: byteCount, count: source.count)
        if let base = source.baseAddress {
            bytes.advanced(by: byteCount).copyMemory(from: base, byteCount: source.count)
        }
        byteCount += source.count
        return range
    }

    /// Lets `body` write at most `limit` bytes at the arena's end; it returns how many it wrote.
    package func append(
        atMost limit: Int, _ body: (UnsafeMutableRawPointer) -> Int
    ) -> ByteRange {
        reserveBytes(limit)
        let count = body(bytes.advanced(by: byteCount))
        let range = ByteRange(offset: byteCount, count: count)
        byteCount += count
        return range
    }

    /// The place behind the last byte; what was reserved there may be written.
    var end: UnsafeMutableRawPointer { bytes + byteCount }

    /// The bytes of a range; valid until the arena is next written to.
    package subscript(_ range: ByteRange) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: bytes + Int(range.offset), count: Int(range.count))
    }
}

// MARK: - Tokens

extension ValueArena {
    /// Adds a token and returns its index.
    @discardableResult
    package func append(_ token: Token) -> Int {
        if tokenCount == tokenCapacity { growTokens() }
        (tokens + tokenCount).initialize(to: token)
        tokenCount += 1
        return tokenCount - 1
    }

    private func growTokens() {
        let capacity = tokenCapacity * 2
        precondition(capacity <= Int(Int32.max), "an arena holds at most 2^31 tokens")
        let grown = UnsafeMutablePointer<Token>.allocate(capacity: capacity)
        grown.moveInitialize(from: tokens, count: tokenCount)
        tokens.deallocate()
        tokens = grown
        tokenCapacity = capacity
    }

    /// The token at an index.
    package subscript(_ index: Int) -> Token {
        get {
            precondition(index >= 0 && index < tokenCount, "no token there")
            return tokens[index]
        }
        set {
            precondition(index >= 0 && index < tokenCount, "no token there")
            tokens[index] = newValue
        }
    }

    /// Drops the tokens from an index on: what a conversion that failed had begun.
    package func truncateTokens(to count: Int) { tokenCount = min(tokenCount, count) }

    /// Drops the bytes from an offset on.
    package func truncateBytes(to count: Int) { byteCount = min(byteCount, count) }
}

// MARK: - Schemas

extension ValueArena {
    /// The number under which tokens refer to a schema; 0 for none.
    ///
    /// A converter hands the same object for the same schema, so a batch has few of them and the
    /// last one is nearly always the one asked for.
    package func number(of schema: Schema?) -> UInt16 {
        guard let schema else { return 0 }
        if let lastSchema, lastSchema.schema === schema { return lastSchema.number }
        let place = schemas.firstIndex { $0 === schema } ?? schemas.endIndex
        if place == schemas.endIndex {
            precondition(place <= Int(UInt16.max), "a batch holds at most 65 535 schemas")
            schemas.append(schema)
        }
        lastSchema = (schema, UInt16(place))
        return UInt16(place)
    }

    /// The schema under a number.
    package func schema(_ number: UInt16) -> Schema? { schemas[Int(number)] }
}
