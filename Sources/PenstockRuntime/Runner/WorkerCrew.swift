import Penstock
import PenstockIO
import PenstockKafka

/// The workers of one connector, each with an event loop, a thread for blocking calls and a
/// consumer of its own.
struct WorkerCrew: Sendable {
    let plan: SinkPlan
    let stop: StopSignal
    let log: Log

    /// Runs all workers until they are asked to stop; where one fails the others end in good order.
    ///
    /// Everything that was started has ended when it returns.
    func run() async throws {
        let feed = plan.tokens.map { TokenFeed($0, log: log) }
        let failure = await withTaskGroup(of: End.self) { group in
            for task in 0..<plan.taskCount {
                group.addTask { .worker(await runWorker(task, feed)) }
            }
            if let feed { group.addTask { await .tokens(renewTokens(feed)) } }
            var (first, running): ((any Error)?, Int) = (nil, plan.taskCount)
            for await end in group {
                if case .worker = end { running -= 1 }
                if running == 0 { group.cancelAll() }
                guard let failure = end.failure else { continue }
                if first == nil { first = failure }
                stop.request()
            }
            return first
        }
        if let failure { throw failure }
    }

    /// What has ended, and why where that is a failure.
    private enum End {
        case worker((any Error)?)
        case tokens((any Error)?)

        var failure: (any Error)? {
            switch self {
            case .worker(let failure), .tokens(let failure): failure
            }
        }
    }

    private func renewTokens(_ feed: TokenFeed) async -> (any Error)? {
        do {
            try await feed.run()
            return nil
        } catch {
            log.error("There are no tokens for Kafka", ["error": error.description])
            return error
        }
    }

    private func runWorker(_ task: Int, _ tokens: TokenFeed?) async -> (any Error)? {
        let log = log.with(["task": "\(task)"])
        let name = "\(plan.name)-\(task)"
        let loop = EventLoop(name: name, log: log)
        let blocking = BlockingThread(name: "\(name)-kafka")
        let failure: (any Error)? = await loop.run {
            do {
                try await work(task, tokens, loop, blocking, log)
                return nil
            } catch {
                log.error("The task has failed", ["error": error.described])
                return error
            }
        }
        await blocking.stop()
        await loop.stop()
        return failure
    }

    private func work(
        _ task: Int, _ tokens: TokenFeed?, _ loop: EventLoop, _ blocking: BlockingThread,
        _ log: Log
    ) async throws {
        // What was checked, and not read again: a store that is gone meanwhile must not leave the
        // client without it.
        var client = plan.consumer.numbered(task)
        client.tokens = tokens
        let converters = try plan.converters.makeConverters()
        let consumer = try KafkaConsumer(
            settings: client, partitions: PartitionTable(), loop: loop, blocking: blocking,
            log: log)
        try await SinkWorker.run(
            plan.connector, settings: settings(task, client, log),
            consumer: KafkaGroupConsumer(consumer), converters: converters, stop: stop, loop: loop)
    }

    private func settings(
        _ task: Int, _ client: TranslatedSettings, _ log: Log
    ) -> SinkWorkerSettings {
        let context = TaskContext(
            connector: plan.name, task: task, taskCount: plan.taskCount, log: log)
        var settings = SinkWorkerSettings(context: context, topics: plan.topics)
        settings.maximumPollRecords = client.maximumPollRecords
        if let interval = client.library["max.poll.interval.ms"].flatMap({ Int($0) }) {
            settings.maximumPollInterval = .milliseconds(interval)
        }
        settings.commitInterval = plan.framework.worker.commitInterval
        settings.gracefulStopTimeout = plan.framework.worker.gracefulStopTimeout
        settings.errors = plan.framework.connector.errors
        settings.recordLimit = max(1, plan.budget.records / plan.taskCount)
        settings.byteLimit = max(1, plan.budget.bytes / plan.taskCount)
        return settings
    }
}
