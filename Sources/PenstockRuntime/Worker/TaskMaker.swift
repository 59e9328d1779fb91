import Penstock
import PenstockIO

/// Makes a worker's task, again and again where that can help.
///
/// `@unchecked Sendable`: used on the worker's loop only, where its child tasks stay.
final class TaskMaker: @unchecked Sendable {
    private let connector: any SinkConnector
    private let context: TaskContext
    private let stop: StopSignal
    private let alarm: WorkerAlarm
    private var backoff: RetryBackoff
    /// What came of the attempt that was made last.
    private var attempted: Result<any SinkTask, TaskError>?

    init(
        connector: any SinkConnector, settings: SinkWorkerSettings, stop: StopSignal,
        alarm: WorkerAlarm
    ) {
        self.connector = connector
        context = settings.context
        self.stop = stop
        self.alarm = alarm
        backoff = RetryBackoff(longest: settings.errors.longestRetryDelay)
    }

    /// Makes the task; nil where the worker is asked to end before.
    func make() async throws(TaskError) -> (any SinkTask)? {
        var outage = OutageLog()
        while !stop.isRequested {
            switch await attemptUntilStopped() {
            case .success(let task):
                if outage.isUnderWay { context.log.info("The task could be made") }
                return task
            case .failure(let error):
                // A cancelled attempt may fail in any way.
                if stop.isRequested { return nil }
                guard error.isTransient else { throw error }
                context.log.report(
                    outage.failed(at: .now), "The task cannot be made yet", error)
                await wait(error.retryAfter ?? backoff.next(chance: .random(in: 0...1)))
            }
        }
        return nil
    }

    private func wait(_ delay: Duration) async {
        let end = ContinuousClock.now + delay
        while !stop.isRequested, end > .now { await alarm.wait(atMost: end - .now) }
    }

    /// Makes one attempt, and cancels it where the worker is asked to end meanwhile.
    private func attemptUntilStopped() async -> Result<any SinkTask, TaskError> {
        attempted = nil
        await withDiscardingTaskGroup { group in
            group.addTask {
                self.attempted = await self.attempt()
                self.alarm.wake()
            }
            while attempted == nil, !stop.isRequested { await alarm.wait(atMost: .seconds(60)) }
            group.cancelAll()
        }
        guard let attempted else { preconditionFailure("every attempt has a result") }
        return attempted
    }

    private func attempt() async -> Result<any SinkTask, TaskError> {
        let (connector, context) = (connector, context)
        if connector.neverBlocks { return await Self.make(connector, context) }
        return await withTaskExecutorPreference(globalConcurrentExecutor) {
            await Self.make(connector, context)
        }
    }

    private static func make(
        _ connector: any SinkConnector, _ context: TaskContext
    ) async -> Result<any SinkTask, TaskError> {
        do throws(TaskError) {
            return .success(try await connector.makeTask(context))
        } catch {
            return .failure(error)
        }
    }
}

extension TaskError {
    /// Whether the same call may be successful later.
    var isTransient: Bool { kind == .retriable || kind == .throttled }
}

extension Log {
    /// Writes a line about calls of a task that fail for a while.
    func report(_ report: OutageLog.Report?, _ message: StaticString, _ error: TaskError) {
        switch report {
        case .began: warning(message, ["error": error])
        case .continues(let time, let failures):
            warning(
                message,
                ["seconds": time.components.seconds, "failures": failures, "error": error])
        case .ended, nil: break
        }
    }
}
