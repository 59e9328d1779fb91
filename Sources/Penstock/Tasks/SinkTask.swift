/// Writes records somewhere.
///
/// Only ``write(_:)`` is required. The runtime calls a task's functions one at a time, apart from
/// ``run()``, which goes on beside them. A task runs on the global pool and may block there, unless
/// its sink says that it never does.
public protocol SinkTask: Sendable {
    /// Writes a batch.
    ///
    /// Returning means that every record is durable, but for those handed to
    /// ``SinkBatch/fail(_:_:)`` or ``SinkBatch/retry(_:after:)``, and unless
    /// ``SinkBatch/acknowledgeLater()`` was called. While it waits no more records are fetched: that
    /// is the back-pressure.
    ///
    /// - Throws: A ``TaskError``. Retriable and throttled: the unresolved records of the batch are
    ///   handed over again. Data: those records go where `errors.tolerance` says. Fatal: the task
    ///   ends, and nothing unresolved is committed.
    func write(_ batch: SinkBatch) async throws(TaskError)

    /// Work that goes on beside the writes, such as a client's connections. Returning early is
    /// allowed; it is cancelled after ``stop()``.
    ///
    /// - Throws: A ``TaskError``, which ends the task.
    func run() async throws(TaskError)

    /// Takes over partitions, before their first record.
    ///
    /// - Throws: A ``TaskError``: after a retriable or throttled one it is called again later, until
    ///   it succeeds; every other one ends the task.
    func open(_ partitions: [TopicPartition]) async throws(TaskError)

    /// Makes durable and acknowledges what it holds of some partitions, or returns when it can do
    /// no more.
    ///
    /// The runtime waits for a limited time, and then goes on without: what is not acknowledged is
    /// read again.
    ///
    /// - Throws: A ``TaskError``: a fatal one ends the task, every other one is logged.
    func flush(_ partitions: [TopicPartition]) async throws(TaskError)

    /// Gives up partitions, after the last record that it gets of them.
    ///
    /// What is told of their records from now on has no effect.
    func close(_ partitions: [TopicPartition], reason: CloseReason) async

    /// Frees what it holds; called once, last.
    func stop() async
}

extension SinkTask {
    /// Does nothing.
    public func run() async throws(TaskError) {}
    /// Does nothing.
    public func open(_ partitions: [TopicPartition]) async throws(TaskError) {}
    /// Does nothing.
    public func flush(_ partitions: [TopicPartition]) async throws(TaskError) {}
    /// Does nothing.
    public func close(_ partitions: [TopicPartition], reason: CloseReason) async {}
    /// Does nothing.
    public func stop() async {}
}

/// Why a task gives up partitions.
public enum CloseReason: Sendable {
    /// Another member of the group gets them; what was acknowledged is committed.
    case rebalance
    /// They are another member's already; nothing is committed.
    case lost
    /// The connector stops; what was acknowledged is committed.
    case shutdown
}
