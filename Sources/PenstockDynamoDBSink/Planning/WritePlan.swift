import Penstock

/// Decides which writes go out together, when, and what becomes of them: no I/O, no clock, no
/// randomness of its own.
///
/// Every key has a lane, and only the front of a lane may be in a batch, so that batches never hold
/// one key twice, any number of them may be in flight, and a key's next write waits for its previous
/// one, also through retries. What is in hand is bounded by the budget of whoever adds.
struct WritePlan {
    /// What can be set.
    struct Options {
        /// How long a batch that is not full waits for more.
        var linger = Duration.milliseconds(5)
        /// The most requests in flight.
        var maximumRequests = 64
        /// Whether every record goes out at once.
        var sendsAtOnce = false
        /// How long a write is tried; nil without end.
        var maximumRetryTime: Duration?
        /// What a record without a value does.
        var nullValues = NullValueBehavior.upsert
    }

    let options: Options
    private(set) var tables: [TableWriter] = []
    private(set) var window: CongestionWindow
    private(set) var inFlight = 0
    /// The tables some of whose records had a field of a key attribute's name that is not written.
    private(set) var tablesHidingFields: Set<Int> = []

    private var lanes = KeyLanes()
    private var writes = WritePool()
    private var sources = SourceBatches()
    private var pendingBySlot: [Int] = []

    /// By table: the batch that takes its next write.
    private var open: [WriteBatch?] = []
    /// Batches that may go, oldest first.
    private var ready = BatchQueue()
    /// Batches that failed and wait for their next try.
    private var waiting: [WriteBatch] = []
    private var unused: [WriteBatch] = []

    init(options: Options) {
        self.options = options
        window = CongestionWindow(maximum: options.maximumRequests)
    }

    /// How many writes are not done.
    var pendingCount: Int { writes.count }

    /// How many writes of some partitions are not done.
    func pendingCount(of slots: some Sequence<Int32>) -> Int {
        slots.reduce(0) { $0 + (Int($1) < pendingBySlot.count ? pendingBySlot[Int($1)] : 0) }
    }

    /// Adds a table; returns the number by which `add` knows it.
    mutating func add(_ table: TableWriter) -> Int {
        tables.append(table)
        open.append(nil)
        return tables.count - 1
    }

    // MARK: Adding

    /// Takes a batch of records.
    ///
    /// - Parameters:
    ///   - batch: The records; each gets its outcome in time.
    ///   - indices: Those to take; nil for all.
    ///   - tables: The table's number by the slot of a record's partition.
    ///   - now: The time.
    mutating func add(
        _ batch: SinkBatch, indices: ContiguousArray<Int32>? = nil, tables: [Int],
        now: ContinuousClock.Instant
    ) {
        let indices = indices ?? batch.indices
        guard !indices.isEmpty else { return }
        let source = sources.add(batch, writes: indices.count)
        let records = batch.records
        for record in indices {
            let slot = records.entries[Int(record)].slot
            add(record, of: records, source, table: tables[Int(slot)], slot, now)
        }
        sources.tell()
        sealIfIdle()
    }

    private mutating func add(
        _ record: Int32, of records: RecordBatch, _ source: Int32, table: Int, _ slot: Int32,
        _ now: ContinuousClock.Instant
    ) {
        if options.nullValues == .ignore, records.isTombstone(Int(record)) {
            sources.acknowledge(source, record)
            return
        }
        do {
            let hash = try tables[table].keyHash(of: records, Int(record))
            let write = writes.add(
                .init(hash: hash, source: source, record: record, table: Int32(table), slot: slot))
            while pendingBySlot.count <= Int(slot) { pendingBySlot.append(0) }
            pendingBySlot[Int(slot)] += 1
            if lanes.enter(write, hash: hash) { place(write, now) }
        } catch {
            sources.fail(source, record, error)
        }
    }

    /// Puts a write that may go, and those that become free to go meanwhile, into open batches.
    private mutating func place(_ first: Int32, _ now: ContinuousClock.Instant) {
        var next: Int32? = first
        while let write = next {
            next = nil
            if writes[write].isAbandoned {
                next = leave(write) { $0.abandon($1.source) }
                continue
            }
            do {
                try append(write, now)
            } catch {
                next = leave(write) { $0.fail($1.source, $1.record, error) }
            }
        }
    }

    private mutating func append(
        _ number: Int32, _ now: ContinuousClock.Instant
    ) throws(ItemError) {
        let write = writes[number]
        let table = Int(write.table)
        let batch = openBatch(table, now)
        let records = sources.records(write.source)
        let deletes = options.nullValues == .delete && records.isTombstone(Int(write.record))
        let writer = tables[table]
        var hidesField = false
        do throws(ItemError) {
            try batch.add(number, hash: write.hash) { output throws(ItemError) in
                if deletes {
                    try writer.delete(records, Int(write.record), to: &output)
                } else {
                    hidesField = try writer.put(records, Int(write.record), to: &output)
                }
            }
        } catch {
            if batch.entries.isEmpty { withdraw(table) }
            throw error
        }
        if hidesField { tablesHidingFields.insert(table) }
        if batch.isTooLarge, batch.entries.count > 1 { moveLastToNewBatch(table, now) }
        guard let last = open[table] else { return }
        if last.isTooLarge {
            last.dropLast()
            withdraw(table)
            throw ItemError(.requestSize)
        }
        if last.isFull || options.sendsAtOnce { seal(table) }
    }

    private mutating func openBatch(_ table: Int, _ now: ContinuousClock.Instant) -> WriteBatch {
        if let batch = open[table] { return batch }
        let batch = newBatch(table)
        batch.dueAt = now + options.linger
        open[table] = batch
        return batch
    }

    /// Takes back an open batch that got no write: a request of none is one that DynamoDB refuses.
    private mutating func withdraw(_ table: Int) {
        guard let batch = open[table] else { return }
        open[table] = nil
        unused.append(batch)
    }

    private mutating func moveLastToNewBatch(_ table: Int, _ now: ContinuousClock.Instant) {
        guard let full = open[table], let entry = full.entries.last else { return }
        open[table] = nil
        openBatch(table, now).add(entry, of: full)
        full.dropLast()
        full.seal()
        ready.append(full)
    }

    // MARK: Sending

    /// Closes a table's open batch: it may go.
    private mutating func seal(_ table: Int) {
        guard let batch = open[table] else { return }
        open[table] = nil
        batch.seal()
        ready.append(batch)
    }

    /// Closes every open batch.
    mutating func sealAll() { for table in open.indices { seal(table) } }

    /// With nothing on its way there is nothing to wait for.
    private mutating func sealIfIdle() {
        if inFlight == 0, ready.isEmpty, waiting.isEmpty { sealAll() }
    }

    /// The next batch to send; nil where none may go now.
    mutating func next(now: ContinuousClock.Instant) -> WriteBatch? {
        guard inFlight < window.limit else { return nil }
        for table in open.indices where open[table].map({ $0.isDue(now) }) == true { seal(table) }
        guard let batch = takeWaiting(now) ?? ready.popFirst() else { return nil }
        inFlight += 1
        batch.ticket = window.send()
        return batch
    }

    private mutating func takeWaiting(_ now: ContinuousClock.Instant) -> WriteBatch? {
        waiting.firstIndex { $0.isDue(now) }.map { waiting.remove(at: $0) }
    }

    /// When `next` may have a batch that it does not have now, though nothing else happens.
    var nextDeadline: ContinuousClock.Instant? {
        guard inFlight < window.limit else { return nil }
        let retry = waiting.lazy.compactMap(\.dueAt).min()
        let linger = open.lazy.compactMap { $0?.dueAt }.min()
        return [retry, linger].compactMap(\.self).min()
    }

    // MARK: Completing

    /// What came of a request.
    enum Outcome {
        /// It was applied, but for the writes with these keys' hashes.
        case applied(except: Set<UInt64>)
        /// Nothing of it was applied, for it was too much.
        case throttled
        /// It failed, and may have been applied; trying again may help.
        case failed
        /// Nothing of it was applied, because of one of its writes.
        case refused(any Error)
    }

    /// Notes what came of a request.
    ///
    /// - Parameters:
    ///   - batch: What `next` had given; the caller does not touch it again.
    ///   - outcome: What came of it.
    ///   - now: The time.
    ///   - random: A number from 0 to 1.
    /// - Returns: Whether a write was tried for longer than the options allow.
    mutating func complete(
        _ batch: WriteBatch, _ outcome: Outcome, now: ContinuousClock.Instant, random: Double
    ) -> Bool {
        inFlight -= 1
        var isOverdue = false
        switch outcome {
        case .applied(let left) where left.isEmpty:
            window.succeed(batch.ticket)
            resolve(batch, now) { _ in true }
            unused.append(batch)
        case .applied(let left):
            window.throttle(batch.ticket)
            // A part went through: the pauses begin anew, the window does the slowing down.
            if left.count < batch.entries.count { batch.attempts = 0 }
            resolve(batch, now) { !left.contains($0.hash) }
            isOverdue = tryAgain(rest(of: batch, now) { left.contains($0.hash) }, true, now, random)
        case .throttled:
            window.throttle(batch.ticket)
            isOverdue = tryAgain(rest(of: batch, now), true, now, random)
        case .failed:
            isOverdue = tryAgain(rest(of: batch, now), false, now, random)
        case .refused(let error): refuse(batch, error, now)
        }
        sources.tell()
        sealIfIdle()
        return isOverdue
    }

    /// Resolves those writes of a batch that were applied.
    private mutating func resolve(
        _ batch: WriteBatch, _ now: ContinuousClock.Instant,
        where isApplied: (WriteBatch.Entry) -> Bool
    ) {
        for entry in batch.entries where isApplied(entry) {
            let next = leave(entry.write) { $0.acknowledge($1.source, $1.record) }
            if let next { place(next, now) }
        }
    }

    /// A new batch of those writes that are to be sent again and not abandoned; nil where there are
    /// none.
    private mutating func rest(
        of batch: WriteBatch, _ now: ContinuousClock.Instant,
        where isLeft: (WriteBatch.Entry) -> Bool = { _ in true }
    ) -> WriteBatch? {
        let rest = newBatch(batch.table)
        rest.attempts = batch.attempts
        rest.failingSince = batch.failingSince
        for entry in batch.entries where isLeft(entry) {
            if writes[entry.write].isAbandoned {
                abandon(entry.write, now)
            } else {
                rest.add(entry, of: batch)
            }
        }
        unused.append(batch)
        guard !rest.entries.isEmpty else {
            unused.append(rest)
            return nil
        }
        rest.seal()
        return rest
    }

    private mutating func tryAgain(
        _ batch: WriteBatch?, _ isThrottled: Bool, _ now: ContinuousClock.Instant, _ random: Double
    ) -> Bool {
        guard let batch else { return false }
        let since = batch.failingSince ?? now
        batch.failingSince = since
        batch.attempts += 1
        let dueAt =
            now
            + Backoff.pause(attempt: batch.attempts, isThrottled: isThrottled, random: random)
        // A last try at the very end of the time that the user gave.
        batch.dueAt = options.maximumRetryTime.map { min(dueAt, since + $0) } ?? dueAt
        waiting.append(batch)
        return options.maximumRetryTime.map { since.duration(to: now) >= $0 } ?? false
    }

    /// Halves a batch until the write that is at fault stands alone; that one fails.
    private mutating func refuse(
        _ batch: WriteBatch, _ error: any Error, _ now: ContinuousClock.Instant
    ) {
        if batch.entries.count == 1 {
            let next = leave(batch.entries[0].write) { sources, write in
                if write.isAbandoned {
                    sources.abandon(write.source)
                } else {
                    sources.fail(write.source, write.record, error)
                }
            }
            unused.append(batch)
            if let next { place(next, now) }
            return
        }
        let middle = batch.entries[batch.entries.count / 2].start
        let halves = [newBatch(batch.table), newBatch(batch.table)]
        for entry in batch.entries {
            if writes[entry.write].isAbandoned {
                abandon(entry.write, now)
            } else {
                halves[entry.start < middle ? 0 : 1].add(entry, of: batch)
            }
        }
        unused.append(batch)
        for half in halves {
            if half.entries.isEmpty {
                unused.append(half)
            } else {
                half.seal()
                ready.append(half)
            }
        }
    }

    // MARK: Abandoning

    /// Lets go of every write of some partitions that is not in flight: it is not sent, and its
    /// record gets no outcome.
    mutating func abandon(_ slots: Set<Int32>, now: ContinuousClock.Instant) {
        writes.abandon(slots)
        sealAll()
        var kept = BatchQueue()
        while let batch = ready.popFirst() {
            if let rest = rest(of: batch, now) { kept.append(rest) }
        }
        ready = kept
        let failed = waiting
        waiting = []
        for batch in failed {
            let dueAt = batch.dueAt
            if let rest = rest(of: batch, now) {
                rest.dueAt = dueAt
                waiting.append(rest)
            }
        }
    }

    /// Lets go of an abandoned write, and puts what waited behind it where it belongs.
    private mutating func abandon(_ write: Int32, _ now: ContinuousClock.Instant) {
        if let next = leave(write, { $0.abandon($1.source) }) { place(next, now) }
    }

    // MARK: Bookkeeping

    /// Ends a write: tells its record's outcome and returns the write that may go now.
    private mutating func leave(
        _ number: Int32, _ tell: (inout SourceBatches, WritePool.Write) -> Void
    ) -> Int32? {
        let write = writes[number]
        let next = lanes.leave(number, hash: write.hash)
        tell(&sources, write)
        pendingBySlot[Int(write.slot)] -= 1
        writes.remove(number)
        return next
    }

    private mutating func newBatch(_ table: Int) -> WriteBatch {
        let batch = unused.popLast() ?? WriteBatch()
        batch.begin(table: table, tables[table])
        return batch
    }
}

extension RecordBatch {
    /// Whether a record has no value.
    func isTombstone(_ index: Int) -> Bool {
        let value = entries[index].value
        return value < 0 || arena[Int(value)].kind == .null
    }
}
