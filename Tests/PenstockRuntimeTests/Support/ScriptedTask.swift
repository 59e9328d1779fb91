import Penstock
import Synchronization

/// A task that notes its calls and does what its test says.
final class ScriptedTask: SinkTask {
    typealias Write = @Sendable (SinkBatch, Int) async throws(TaskError) -> Void

    struct State {
        /// `open t-0`, `write t-0@0,t-0@1`, ...
        var calls: [String] = []
        var batches: [SinkBatch] = []
        var isInside = false
        var overlaps = 0
        var writes = 0
    }

    let state = Mutex(State())
    private let onWrite: Write
    private let onFlush: @Sendable (ScriptedTask) async throws(TaskError) -> Void
    private let onRun: @Sendable () async throws(TaskError) -> Void

    convenience init(write: @escaping Write) { self.init(flush: { _ in }, write: write) }

    init(
        flush: @escaping @Sendable (ScriptedTask) async throws(TaskError) -> Void = { _ in },
        run: @escaping @Sendable () async throws(TaskError) -> Void = {},
        write: @escaping Write = { _, _ in }
    ) {
        onWrite = write
        onFlush = flush
        onRun = run
    }

    var calls: [String] { state.withLock { $0.calls } }
    var batches: [SinkBatch] { state.withLock { $0.batches } }
    var overlaps: Int { state.withLock { $0.overlaps } }

    /// The records of all writes, in order.
    var written: [String] {
        calls.filter { $0.hasPrefix("write ") }.flatMap {
            $0.dropFirst("write ".count).split(separator: ",").map(String.init)
        }
    }

    private func enter(_ call: String) {
        state.withLock { state in
            if state.isInside { state.overlaps += 1 }
            state.isInside = true
            state.calls.append(call)
        }
    }

    private func leave() { state.withLock { $0.isInside = false } }

    func write(_ batch: SinkBatch) async throws(TaskError) {
        enter("write " + batch.map(\.description).joined(separator: ","))
        defer { leave() }
        let number = state.withLock { state in
            state.batches.append(batch)
            state.writes += 1
            return state.writes
        }
        try await onWrite(batch, number)
    }

    func open(_ partitions: [TopicPartition]) async throws(TaskError) {
        enter("open " + listed(partitions))
        leave()
    }

    func flush(_ partitions: [TopicPartition]) async throws(TaskError) {
        enter("flush " + listed(partitions))
        defer { leave() }
        try await onFlush(self)
    }

    func close(_ partitions: [TopicPartition], reason: CloseReason) async {
        enter("close \(listed(partitions)) \(reason)")
        leave()
    }

    func stop() async {
        enter("stop")
        leave()
    }

    func run() async throws(TaskError) { try await onRun() }

    private func listed(_ partitions: [TopicPartition]) -> String {
        partitions.map(\.description).joined(separator: ",")
    }
}
