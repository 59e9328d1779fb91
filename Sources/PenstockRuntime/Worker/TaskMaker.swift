import Penstock
import PenstockIO

/// Makes a worker's task, again and again where that can help.
///
/// Used on the worker's loop only.
final class TaskMaker {
    private let connector: any SinkConnector
    private let context: TaskContext
    private let stop: StopSignal
    private let alarm: WorkerAlarm
    private var backoff: RetryBackoff

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
            switch await attempt() {
            case .success(let task):
                if outage.isUnderWay { context.log.info("The task could be made") }
                return task
            case .failure(let error):
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
