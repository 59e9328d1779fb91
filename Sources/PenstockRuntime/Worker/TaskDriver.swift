import Penstock
import PenstockIO

/// Calls a task's functions one at a time, in the order in which they were asked for.
///
/// At most one write waits, beside the few calls of a rebalance. A task that may block runs on the
/// global pool, and costs one change of thread per call.
///
/// `@unchecked Sendable`: its state is touched on the worker's loop only; only the calls themselves
/// run elsewhere.
final class TaskDriver: @unchecked Sendable {
    private let task: any SinkTask
    private let runsOnLoop: Bool
    private let gate: LoopGate
    private let onEnd: () -> Void

    private var waiting: [TaskCall] = []
    private var submitted: UInt64 = 0
    private var ended: UInt64 = 0
    private var failures: [UInt64: TaskError] = [:]
    private var isFinished = false

    /// Takes a task, which stays on the loop where it never blocks; `onEnd` is called on the loop
    /// after each call's end.
    init(
        task: any SinkTask, runsOnLoop: Bool, loop: EventLoop, onEnd: @escaping () -> Void
    ) {
        self.task = task
        self.runsOnLoop = runsOnLoop
        self.onEnd = onEnd
        gate = LoopGate(loop: loop)
    }

    /// Asks for a call; returns its number.
    func submit(_ call: TaskCall) -> UInt64 {
        waiting.append(call)
        submitted += 1
        gate.open()
        return submitted
    }

    /// Whether no call is under way or waiting.
    var isIdle: Bool { ended == submitted }

    /// Whether a call is over.
    func hasEnded(_ call: UInt64) -> Bool { call <= ended }

    /// Why a call that is over failed; to be asked once.
    func takeFailure(of call: UInt64) -> TaskError? { failures.removeValue(forKey: call) }

    /// Makes no more calls than those that were asked for.
    func finish() {
        isFinished = true
        gate.open()
    }

    /// Makes the calls, until it is finished.
    func run() async {
        while true {
            guard !waiting.isEmpty else {
                if isFinished { return }
                await gate.wait()
                continue
            }
            let error = await perform(waiting.removeFirst())
            ended += 1
            if let error { failures[ended] = error }
            onEnd()
        }
    }

    /// Runs the task's own work beside its calls; returns why it failed, if it did.
    func runTask() async -> TaskError? {
        if runsOnLoop { return await Self.run(task) }
        let task = task
        return await withTaskExecutorPreference(globalConcurrentExecutor) {
            await Self.run(task)
        }
    }

    private static func run(_ task: any SinkTask) async -> TaskError? {
        do throws(TaskError) {
            try await task.run()
            return nil
        } catch {
            return error
        }
    }

    private func perform(_ call: TaskCall) async -> TaskError? {
        if runsOnLoop { return await Self.make(call, of: task) }
        let task = task
        return await withTaskExecutorPreference(globalConcurrentExecutor) {
            await Self.make(call, of: task)
        }
    }

    private static func make(_ call: TaskCall, of task: any SinkTask) async -> TaskError? {
        do throws(TaskError) {
            switch call {
            case .open(let partitions): try await task.open(partitions)
            case .write(let batch): try await task.write(batch)
            case .flush(let partitions): try await task.flush(partitions)
            case .close(let partitions, let reason): await task.close(partitions, reason: reason)
            case .stop: await task.stop()
            }
            return nil
        } catch {
            return error
        }
    }
}
