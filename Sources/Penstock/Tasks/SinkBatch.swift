import Synchronization

/// The records that one ``SinkTask/write(_:)`` gets, and what became of each.
///
/// Outcomes are told per record, from any thread; a record has one, and later ones for the same
/// record are ignored. Telling a batch of a record that it did not hand over is a mistake that ends
/// the process: the record of its own that stands in the same place would be taken for written.
public final class SinkBatch: Sendable {
    package let records: RecordBatch
    /// The places, in the fetched batch, of the records that are handed over.
    package let indices: ContiguousArray<Int32>
    private let state: Mutex<SinkBatchState>
    /// Called when outcomes wait to be taken, once until they are.
    private let onOutcomes: @Sendable () -> Void

    package init(
        records: RecordBatch, indices: ContiguousArray<Int32>,
        onOutcomes: @escaping @Sendable () -> Void
    ) {
        self.records = records
        self.indices = indices
        self.onOutcomes = onOutcomes
        state = Mutex(SinkBatchState(recordCount: records.count, indices: indices))
    }

    /// Says that returning from `write` resolves nothing: each record will be told of later.
    public func acknowledgeLater() { state.withLock { $0.isDeferred = true } }

    /// A record is durable.
    public func acknowledge(_ record: SinkRecord) {
        resolve(record, .acknowledged)
    }

    /// A record cannot be written, now or later: it goes where `errors.tolerance` says.
    public func fail(_ record: SinkRecord, _ error: any Error) {
        resolve(record, .failed(error))
    }

    /// A record could not be written now: it is handed over again after a delay, and the later
    /// records of its partition that are not yet written after it.
    public func retry(_ record: SinkRecord, after delay: Duration = .seconds(1)) {
        resolve(record, .retry(after: delay))
    }

    private func resolve(_ record: SinkRecord, _ outcome: RecordOutcome) {
        precondition(record.batch === records, "a batch was told of a record of another one")
        resolve([Int32(record.index)], outcome)
    }

    /// Tells of several records at once: one lock, whatever their number.
    ///
    /// An array and not any sequence: a generic loop over another module's would allocate for each
    /// element.
    package func resolve(_ indices: [Int32], _ outcome: RecordOutcome) {
        if state.withLock({ $0.resolve(indices, outcome) }) { onOutcomes() }
    }

    /// Resolves what has no outcome yet.
    package func resolveRest(_ outcome: RecordOutcome) {
        resolve(Array(indices), outcome)
    }

    /// Whether `write` said that it acknowledges later.
    package var isDeferred: Bool { state.withLock { $0.isDeferred } }

    /// The records that have no outcome yet.
    package var unresolved: Int { state.withLock { $0.unresolved } }

    /// Takes the outcomes that were told since the last call.
    package func takeOutcomes() -> [ResolvedRecords] { state.withLock { $0.take() } }
}

extension SinkBatch: Sequence {
    /// The records in order.
    public func makeIterator() -> Iterator { Iterator(batch: self) }

    /// How many records there are.
    public var count: Int { indices.count }

    /// Steps from record to record.
    public struct Iterator: IteratorProtocol {
        private let batch: SinkBatch
        private var place = 0

        init(batch: SinkBatch) { self.batch = batch }

        /// The next record, or nil at the end.
        public mutating func next() -> SinkRecord? {
            guard place < batch.indices.count else { return nil }
            defer { place += 1 }
            return SinkRecord(batch: batch.records, index: Int(batch.indices[place]))
        }
    }
}

/// What became of a record.
package enum RecordOutcome: Sendable {
    /// It is durable.
    case acknowledged
    /// It cannot be written.
    case failed(any Error)
    /// It is to be handed over again.
    case retry(after: Duration)
}

/// Records of one batch with the same outcome.
package struct ResolvedRecords: Sendable {
    package let indices: [Int32]
    package let outcome: RecordOutcome
}

/// Which records of a batch have an outcome, and which outcomes nobody has taken yet.
private struct SinkBatchState {
    var isDeferred = false
    var unresolved: Int
    private var isResolved: [Bool]
    private var acknowledged: [Int32] = []
    private var others: [ResolvedRecords] = []

    init(recordCount: Int, indices: ContiguousArray<Int32>) {
        unresolved = indices.count
        // A record that is not handed over with this batch takes no outcome from it.
        isResolved = Array(repeating: indices.count < recordCount, count: recordCount)
        if indices.count < recordCount { for index in indices { isResolved[Int(index)] = false } }
    }

    /// Notes an outcome; returns whether nothing was waiting to be taken before.
    mutating func resolve(_ indices: [Int32], _ outcome: RecordOutcome) -> Bool {
        let wasEmpty = acknowledged.isEmpty && others.isEmpty
        if case .acknowledged = outcome {
            for index in indices where mark(index) { acknowledged.append(index) }
        } else {
            let new = indices.filter { mark($0) }
            if !new.isEmpty { others.append(ResolvedRecords(indices: new, outcome: outcome)) }
        }
        return wasEmpty && !(acknowledged.isEmpty && others.isEmpty)
    }

    private mutating func mark(_ index: Int32) -> Bool {
        guard !isResolved[Int(index)] else { return false }
        isResolved[Int(index)] = true
        unresolved -= 1
        return true
    }

    mutating func take() -> [ResolvedRecords] {
        defer {
            acknowledged = []
            others = []
        }
        guard !acknowledged.isEmpty else { return others }
        return others + [ResolvedRecords(indices: acknowledged, outcome: .acknowledged)]
    }
}
