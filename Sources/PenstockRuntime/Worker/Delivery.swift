import Penstock

/// Records of one batch that were handed to the task, until each has an outcome.
///
/// Used on the worker's loop only.
final class Delivery {
    let id: UInt64
    let held: HeldBatch
    let batch: SinkBatch
    /// The records whose outcomes were not taken yet.
    var remaining: Int

    init(id: UInt64, held: HeldBatch, batch: SinkBatch) {
        self.id = id
        self.held = held
        self.batch = batch
        remaining = batch.count
    }
}

/// A data error that names no record, for a batch of which one record is at fault.
struct UnattributedFailure: Error {
    let error: TaskError
}
