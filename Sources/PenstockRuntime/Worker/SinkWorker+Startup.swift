import Penstock
import PenstockIO

extension SinkWorker {
    /// Makes the task, again and again where that can help; nil where the worker is to end.
    func makeTask() async -> (any SinkTask)? {
        var outage = OutageLog()
        while !stop.isRequested {
            switch await attemptTask() {
            case .success(let task):
                if outage.isUnderWay { log.info("The task could be made") }
                return task
            case .failure(let error) where error.kind == .fatal || error.kind == .data:
                ending = .failed(error)
                return nil
            case .failure(let error):
                report(outage.failed(at: .now), "The task cannot be made yet", error)
                await waitForRetry(after: error.retryAfter)
            }
        }
        ending = .stopped
        return nil
    }

    private func attemptTask() async -> Result<any SinkTask, TaskError> {
        let (connector, context) = (connector, settings.context)
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

    /// Runs the task's own work beside its calls.
    func runTask(_ task: any SinkTask) async {
        let error: TaskError?
        if connector.neverBlocks {
            error = await Self.run(task)
        } else {
            error = await withTaskExecutorPreference(globalConcurrentExecutor) {
                await Self.run(task)
            }
        }
        guard let error, ending == nil else { return }
        ending = .failed(error)
        wake()
    }

    private static func run(_ task: any SinkTask) async -> TaskError? {
        do throws(TaskError) {
            try await task.run()
            return nil
        } catch {
            return error
        }
    }

    /// Joins the group; a pattern needs the broker, which may be away.
    func subscribe() async {
        while ending == nil, !stop.isRequested {
            do throws(BrokerError) {
                return try await consumer.subscribe(to: settings.topics)
            } catch {
                if error.kind == .fatal { return ending = .failed(error.cause ?? error) }
                health.failed(error)
                await waitForRetry(after: nil)
            }
        }
    }

    /// Waits before something is tried again; less long where the worker is to end.
    ///
    /// A member of the group polls meanwhile.
    func waitForRetry(after delay: Duration?, keepsMembership: Bool = false) async {
        let delay = delay ?? backoff.next(chance: .random(in: 0...1))
        let end = ContinuousClock.now + delay
        while !stop.isRequested, ending == nil, end > .now {
            await gate.wait(atMost: min(end - .now, .seconds(1)))
            if keepsMembership { pollWhileWaiting() }
        }
    }

    /// Asks the broker now and then whether it answers, while that is in doubt: a topic without
    /// records would not tell.
    func probeInDoubt() async {
        while !Task.isCancelled {
            do { try await loop.sleep(for: .seconds(2)) } catch { return }
            guard health.isInDoubt, !Task.isCancelled else { continue }
            do throws(BrokerError) {
                try await consumer.probe()
                health.answered()
            } catch {}
        }
    }

    /// Writes a line about calls of the task that fail for a while.
    func report(_ report: OutageLog.Report?, _ message: StaticString, _ error: TaskError) {
        switch report {
        case .began: log.warning(message, ["error": error])
        case .continues(let time, let failures):
            log.warning(
                message,
                ["seconds": time.components.seconds, "failures": failures, "error": error])
        case .ended, nil: break
        }
    }
}
