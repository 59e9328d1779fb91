/// How much a worker may have in hand: records that were handed over and have no outcome yet, and
/// the memory of their batches, which is freed when the last record of a batch is done.
///
/// One batch may exceed the bound of bytes, by what one poll brings at most.
struct RecordBudget: Sendable {
    let recordLimit: Int
    let byteLimit: Int
    private(set) var records = 0
    private(set) var bytes = 0

    init(recordLimit: Int, byteLimit: Int) {
        self.recordLimit = max(1, recordLimit)
        self.byteLimit = max(1, byteLimit)
    }

    /// Whether another poll is worth it: a budget that gives way record by record would make
    /// batches of one.
    func hasRoom(for maximum: Int) -> Bool {
        recordLimit - records >= min(maximum, max(1, recordLimit / 4)) && bytes < byteLimit
    }

    /// How many records the next poll may bring.
    func room(for maximum: Int) -> Int { min(maximum, recordLimit - records) }

    /// A batch was fetched.
    mutating func take(records: Int, bytes: Int) {
        self.records += records
        self.bytes += bytes
    }

    /// Records are done with.
    mutating func release(records: Int) { self.records -= records }

    /// A batch is done with.
    mutating func release(bytes: Int) { self.bytes -= bytes }
}
