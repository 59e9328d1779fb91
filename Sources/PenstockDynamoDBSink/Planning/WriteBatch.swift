import Penstock

/// The writes of one request to one table, and its body.
///
/// A batch is owned by the plan, or by whoever sends it, never by both; it is used again.
final class WriteBatch {
    /// One write of the request.
    struct Entry {
        /// The write's number in the plan.
        let write: Int32
        /// Its key's hash: no two writes of a batch share it.
        let hash: UInt64
        /// Where its request stands in the body.
        var start: Int
        var count: Int
    }

    /// The most writes of a request: DynamoDB's own limit.
    static let maximumEntries = 25
    /// The most bytes of a request's body: DynamoDB's own limit.
    static let maximumBytes = 16 << 20
    private static let closing: StaticString = "]}}"

    private(set) var table = 0
    private(set) var entries: [Entry] = []
    private var buffer = OutputBuffer()
    /// The bytes of a body's memory that are kept for the next: few requests are larger.
    private static let keptBytes = 1 << 20

    /// How often it was sent without being done.
    var attempts = 0
    /// When it failed first.
    var failingSince: ContinuousClock.Instant?
    /// When it goes out: a batch that is open, at the latest; one that failed, at the earliest.
    var dueAt: ContinuousClock.Instant?
    /// What the congestion window knows it by.
    var ticket: UInt64 = 0

    init() { entries.reserveCapacity(Self.maximumEntries) }

    /// Begins a request to a table.
    func begin(table: Int, _ writer: TableWriter) {
        self.table = table
        entries.removeAll(keepingCapacity: true)
        attempts = 0
        failingSince = nil
        dueAt = nil
        buffer.reset(keeping: Self.keptBytes)
        writer.requestOpening.withUnsafeBytes { buffer.append($0) }
    }

    func isDue(_ now: ContinuousClock.Instant) -> Bool { dueAt.map { $0 <= now } ?? true }

    var isFull: Bool { entries.count >= Self.maximumEntries }

    /// Whether the body with its closing is larger than a request may be.
    var isTooLarge: Bool { buffer.count + Self.closing.utf8CodeUnitCount > Self.maximumBytes }

    /// Adds a write; what it had written is taken back where it fails.
    func add(
        _ write: Int32, hash: UInt64,
        _ body: (inout OutputBuffer) throws(ItemError) -> Void
    ) throws(ItemError) {
        let end = buffer.count
        if !entries.isEmpty { buffer.append(UInt8(ascii: ",")) }
        let start = buffer.count
        do {
            try body(&buffer)
        } catch {
            buffer.truncate(to: end)
            throw error
        }
        entries.append(Entry(write: write, hash: hash, start: start, count: buffer.count - start))
    }

    /// Adds a write of another batch as it stands there.
    func add(_ entry: Entry, of other: WriteBatch) {
        if !entries.isEmpty { buffer.append(UInt8(ascii: ",")) }
        let start = buffer.count
        let source = other.buffer.bytes[entry.start..<entry.start + entry.count]
        buffer.append(UnsafeRawBufferPointer(rebasing: source))
        entries.append(
            Entry(write: entry.write, hash: entry.hash, start: start, count: entry.count))
    }

    /// Takes the last write out again.
    func dropLast() {
        let entry = entries.removeLast()
        buffer.truncate(to: entries.isEmpty ? entry.start : entry.start - 1)
    }

    /// Ends the body.
    ///
    /// Nothing is added any more.
    func seal() { buffer.append(Self.closing) }

    /// Lends the body's bytes.
    func withBody<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(buffer.bytes)
    }

    /// The body's bytes; valid while the batch is not changed.
    var body: UnsafeRawBufferPointer { buffer.bytes }
}
