/// The memory behind values: bytes, and the tokens that point into them.
///
/// A batch of records has one arena. It grows by doubling, is never shrunk while it is in use, and
/// holds at most 4 GiB of bytes and 2^31 tokens, bounds that the runtime's budget of bytes in hand
/// keeps far away. Behind its last byte there are always eight more that may be read: words are
/// loaded whole.
///
/// Its fields lie in memory of their own, because a class's stored properties are checked for
/// exclusive access each time, which doubles the cost of parsing a record.
///
/// `@unchecked Sendable`: an arena is written by one owner only, before anyone else sees it (a
/// batch while it is filled and converted, a builder until it is finished); from then on it is
/// only read. It is written again only after `isKnownUniquelyReferenced` has shown that nobody
/// kept a value of it.
package final class ValueArena: @unchecked Sendable {
    let memory: UnsafeMutablePointer<ArenaMemory>

    /// Schemas by the number that tokens carry; the first place stands for none.
    private var schemas: [Schema?] = [nil]
    private var lastSchema: (schema: Schema, number: UInt16)?
    /// The first numbers of schemas that were numbered together, by the first of them.
    private var families: [ObjectIdentifier: UInt16] = [:]
    private var lastFamily: (first: Schema, number: UInt16)?

    package init(byteCapacity: Int = 256, tokenCapacity: Int = 16) {
        memory = .allocate(capacity: 1)
        memory.initialize(
            to: ArenaMemory(
                byteCapacity: max(byteCapacity, 16), tokenCapacity: max(tokenCapacity, 4)))
    }

    deinit {
        memory.pointee.deallocate()
        memory.deinitialize(count: 1)
        memory.deallocate()
    }

    /// Forgets what it holds and keeps its memory, up to the given number of bytes.
    package func reset(keeping limit: Int) {
        memory.pointee.reset(keeping: limit)
        schemas.removeSubrange(1...)
        lastSchema = nil
        families.removeAll(keepingCapacity: true)
        lastFamily = nil
    }
}

// MARK: - Bytes

extension ValueArena {
    /// How many bytes it holds.
    package var byteCount: Int { memory.pointee.byteCount }

    /// Makes room for so many more bytes; moves what is there where it must.
    package func reserveBytes(_ more: Int) { memory.pointee.reserveBytes(more) }

    /// Copies bytes to the arena's end.
    package func append(_ source: UnsafeRawBufferPointer) -> ByteRange {
        reserveBytes(source.count)
        let range = ByteRange(offset: byteCount, count: source.count)
        if let base = source.baseAddress {
            end.copyMemory(from: base, byteCount: source.count)
        }
        memory.pointee.byteCount += source.count
        return range
    }

    /// Lets `body` write at most `limit` bytes at the arena's end; it returns how many it wrote.
    package func append(
        atMost limit: Int, _ body: (UnsafeMutableRawPointer) -> Int
    ) -> ByteRange {
        reserveBytes(limit)
        let count = body(end)
        precondition(count <= limit, "more was written than there was room for")
        let range = ByteRange(offset: byteCount, count: count)
        memory.pointee.byteCount += count
        return range
    }

    /// The first byte; valid until the arena is next written to.
    package var bytes: UnsafeRawPointer { UnsafeRawPointer(memory.pointee.bytes) }

    /// The place behind the last byte; what was reserved there may be written.
    var end: UnsafeMutableRawPointer { memory.pointee.bytes + byteCount }

    /// The bytes of a range; valid until the arena is next written to.
    package subscript(_ range: ByteRange) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: memory.pointee.bytes + Int(range.offset), count: Int(range.count))
    }

    /// Drops the bytes from an offset on.
    package func truncateBytes(to count: Int) {
        memory.pointee.byteCount = min(byteCount, count)
    }
}

// MARK: - Tokens

extension ValueArena {
    /// How many tokens it holds.
    package var tokenCount: Int { memory.pointee.tokenCount }

    /// Adds a token and returns its index.
    @discardableResult
    package func append(_ token: Token) -> Int { memory.pointee.append(token) }

    /// The token at an index.
    package subscript(_ index: Int) -> Token {
        get {
            precondition(index >= 0 && index < tokenCount, "no token there")
            return memory.pointee.tokens[index]
        }
        set {
            precondition(index >= 0 && index < tokenCount, "no token there")
            memory.pointee.tokens[index] = newValue
        }
    }

    /// The first token; valid until the arena is next written to.
    package var tokens: UnsafePointer<Token> { UnsafePointer(memory.pointee.tokens) }

    /// Takes tokens out; those behind them move up, and nothing may stand open.
    package func removeTokens(_ range: Range<Int>) {
        precondition(range.upperBound <= tokenCount, "no tokens there")
        let count = tokenCount - range.upperBound
        let tokens = memory.pointee.tokens
        (tokens + range.lowerBound).update(from: tokens + range.upperBound, count: count)
        memory.pointee.tokenCount -= range.count
    }

    /// Drops the tokens from an index on: what a conversion that failed had begun.
    package func truncateTokens(to count: Int) {
        memory.pointee.tokenCount = min(tokenCount, count)
    }
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

    private static let familyLimit = Int(UInt16.max) - 8192

    /// The number of the first of schemas that are used together; the others' follow it.
    ///
    /// The first of them must belong to this family alone. Its number is found without a search
    /// however many schemas the batch has.
    /// Some numbers are left for the schemas that are numbered one by one: bytes make families, and
    /// must not take from a converter what it relies on.
    /// - Returns: The number; nil where the batch has no room for so many schemas.
    package func number(ofFamily family: [Schema]) -> UInt16? {
        if let lastFamily, lastFamily.first === family[0] { return lastFamily.number }
        let identity = ObjectIdentifier(family[0])
        if families[identity] == nil {
            guard schemas.count + family.count <= Self.familyLimit else { return nil }
            families[identity] = UInt16(schemas.count)
            for schema in family { schemas.append(schema) }
        }
        lastFamily = families[identity].map { (family[0], $0) }
        return families[identity]
    }

    /// The schema under a number.
    package func schema(_ number: UInt16) -> Schema? { schemas[Int(number)] }
}
