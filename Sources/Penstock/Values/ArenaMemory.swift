/// The fields of an arena, none of which is counted or checked by the compiler.
struct ArenaMemory {
    private(set) var bytes: UnsafeMutableRawPointer
    private var byteCapacity: Int
    var byteCount = 0

    /// Whether bytes are lent to somebody who may add to the arena meanwhile.
    private var isLent = false
    /// Where the bytes were while they were lent.
    private var former: [UnsafeMutableRawPointer] = []

    private(set) var tokens: UnsafeMutablePointer<Token>
    private var tokenCapacity: Int
    var tokenCount = 0

    /// The containers that are being written, outermost first; at most ``maximumDepth``.
    let open: UnsafeMutablePointer<OpenContainer>
    var openCount = 0

    /// What may be read behind the last byte.
    private static let slack = 8
    /// The most containers that are open at once, of all who write.
    static let maximumDepth = 256

    init(byteCapacity: Int, tokenCapacity: Int) {
        self.byteCapacity = byteCapacity
        self.tokenCapacity = tokenCapacity
        bytes = .allocate(byteCount: byteCapacity + Self.slack, alignment: 16)
        tokens = .allocate(capacity: tokenCapacity)
        open = .allocate(capacity: Self.maximumDepth)
    }

    mutating func deallocate() {
        endLending()
        bytes.deallocate()
        tokens.deallocate()
        open.deallocate()
    }

    /// From now on bytes that are moved stay readable where they were.
    mutating func beginLending() { isLent = true }

    /// Frees the places where the bytes were.
    mutating func endLending() {
        isLent = false
        guard !former.isEmpty else { return }
        for place in former { place.deallocate() }
        former = []
    }

    mutating func reset(keeping limit: Int) {
        byteCount = 0
        tokenCount = 0
        openCount = 0
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

    @inline(__always)
    mutating func reserveBytes(_ more: Int) {
        if byteCount + more > byteCapacity { growBytes(more) }
    }

    @inline(never)
    private mutating func growBytes(_ more: Int) {
        let needed = byteCount + more
        precondition(needed <= Int(UInt32.max), "an arena holds at most 4 GiB")
        let capacity = max(needed, byteCapacity * 2)
        let grown = UnsafeMutableRawPointer.allocate(
            byteCount: capacity + Self.slack, alignment: 16)
        grown.copyMemory(from: bytes, byteCount: byteCount)
        if isLent { former.append(bytes) } else { bytes.deallocate() }
        bytes = grown
        byteCapacity = capacity
    }

    @inline(__always)
    mutating func append(_ token: Token) -> Int {
        if tokenCount == tokenCapacity { growTokens() }
        (tokens + tokenCount).initialize(to: token)
        tokenCount += 1
        return tokenCount - 1
    }

    @inline(never)
    private mutating func growTokens() {
        let capacity = tokenCapacity * 2
        precondition(capacity <= Int(Int32.max), "an arena holds at most 2^31 tokens")
        let grown = UnsafeMutablePointer<Token>.allocate(capacity: capacity)
        grown.moveInitialize(from: tokens, count: tokenCount)
        tokens.deallocate()
        tokens = grown
        tokenCapacity = capacity
    }
}
