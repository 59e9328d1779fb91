import Penstock

/// The batches of records whose writes are not all done, by number, and the outcomes that are told
/// to them several at a time.
struct SourceBatches {
    private struct Source {
        let batch: SinkBatch
        var unresolved: Int
    }

    private var sources: [Source?] = []
    private var free: [Int32] = []
    /// The source that the collected acknowledgements belong to.
    private var collecting: Int32 = -1
    private var acknowledged: [Int32] = []

    /// Takes a batch for so many writes.
    mutating func add(_ batch: SinkBatch, writes: Int) -> Int32 {
        let source = Source(batch: batch, unresolved: writes)
        if let number = free.popLast() {
            sources[Int(number)] = source
            return number
        }
        sources.append(source)
        return Int32(sources.count - 1)
    }

    func records(_ number: Int32) -> RecordBatch {
        guard let source = sources[Int(number)] else {
            preconditionFailure("a batch was let go before its last record was done")
        }
        return source.batch.records
    }

    /// Collects an acknowledgement; told with the next of another batch, or with `tell`.
    mutating func acknowledge(_ number: Int32, _ record: Int32) {
        if number != collecting {
            tell()
            collecting = number
        }
        acknowledged.append(record)
    }

    mutating func fail(_ number: Int32, _ record: Int32, _ error: any Error) {
        tell()
        sources[Int(number)]?.batch.resolve([record], .failed(error))
        release(number, 1)
    }

    /// Lets a record go without an outcome.
    mutating func abandon(_ number: Int32) {
        tell()
        release(number, 1)
    }

    /// Tells the batch what was collected for it.
    mutating func tell() {
        guard !acknowledged.isEmpty else { return }
        sources[Int(collecting)]?.batch.resolve(acknowledged, .acknowledged)
        release(collecting, acknowledged.count)
        acknowledged.removeAll(keepingCapacity: true)
        collecting = -1
    }

    private mutating func release(_ number: Int32, _ count: Int) {
        sources[Int(number)]?.unresolved -= count
        if sources[Int(number)]?.unresolved == 0 {
            sources[Int(number)] = nil
            free.append(number)
        }
    }
}
