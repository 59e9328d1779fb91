import Penstock
import PenstockIO

/// Commits a worker's positions beside its other work, one commit at a time.
///
/// `@unchecked Sendable`: its state is touched on the worker's loop only.
final class OffsetCommitter: @unchecked Sendable {
    private let consumer: any GroupConsumer
    private let gate: LoopGate
    private let onEnd: () -> Void
    private var commit: PartitionLedger.Commit?
    private var end: (commit: PartitionLedger.Commit, error: BrokerError?)?
    private var isFinished = false

    /// Takes a consumer; `onEnd` is called on the loop after each commit.
    init(
        consumer: any GroupConsumer, loop: EventLoop,
        onEnd: @escaping () -> Void
    ) {
        self.consumer = consumer
        self.onEnd = onEnd
        gate = LoopGate(loop: loop)
    }

    /// Whether a commit is under way, or its end was not taken yet.
    var isBusy: Bool { commit != nil || end != nil }

    /// The commit that has ended, and why it failed, if it did.
    func takeEnd() -> (commit: PartitionLedger.Commit, error: BrokerError?)? { end.take() }

    /// Begins a commit.
    func begin(_ commit: PartitionLedger.Commit) {
        precondition(!isBusy, "one commit at a time")
        self.commit = commit
        gate.open()
    }

    func finish() {
        isFinished = true
        gate.open()
    }

    /// Carries commits out, until it is finished.
    func run() async {
        while true {
            guard let commit else {
                if isFinished { return }
                await gate.wait()
                continue
            }
            let error = await send(commit)
            self.commit = nil
            end = (commit, error)
            onEnd()
        }
    }

    private func send(_ commit: PartitionLedger.Commit) async -> BrokerError? {
        var positions: [TopicPartition: Int64] = [:]
        for position in commit.positions {
            positions[consumer.partitions[position.slot]] = position.offset
        }
        do throws(BrokerError) {
            try await consumer.commit(positions)
            return nil
        } catch {
            return error
        }
    }
}
