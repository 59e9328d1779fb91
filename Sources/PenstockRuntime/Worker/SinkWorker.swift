import Penstock
import PenstockIO

/// Drives one task of a sink: takes records from a consumer, converts them, hands them over,
/// follows what becomes of each, and commits what is done.
///
/// What decides is in the pure parts that it holds; this is the shell that acts.
///
/// `@unchecked Sendable`: everything runs on `loop`, which `run` checks; its child tasks stay there.
final class SinkWorker: @unchecked Sendable {
    /// Why a worker ends.
    enum Ending {
        /// It was asked to.
        case stopped
        /// A record cannot be handled; what came before it is still written.
        case badRecord(TaskError)
        /// It cannot go on.
        case failed(any Error)
    }

    let settings: SinkWorkerSettings
    let consumer: any GroupConsumer
    let converters: RecordConverters
    let stop: StopSignal
    let loop: EventLoop
    let log: Log
    let alarm: WorkerAlarm
    let health: BrokerHealth
    let mailbox: OutcomeMailbox
    let driver: TaskDriver
    let committer: OffsetCommitter

    // The pure parts.
    var ledger = PartitionLedger()
    var budget: RecordBudget
    var flow: FlowControl
    var redelivery = RedeliveryQueue<HeldBatch>()
    var backoff: RetryBackoff
    var skipped = SkippedRecords()
    var writeOutage = OutageLog()

    /// What is in hand.
    var pool: BatchPool
    /// Fetched and not handed over: one batch, and a record a second while a rebalance waits.
    var fetched: [(held: HeldBatch, indices: ContiguousArray<Int32>)] = []
    var deliveries: [UInt64: Delivery] = [:]
    var write: (call: UInt64, delivery: Delivery)?
    var batchCount: UInt64 = 0
    var deliveryCount: UInt64 = 0

    var nextCommit: ContinuousClock.Instant
    var pendingEvents: [GroupEvent] = []
    var isDrained = false
    var ending: Ending?
    /// When a worker that was asked to end gives up waiting.
    var stopDeadline: ContinuousClock.Instant?

    private init(
        task: any SinkTask, runsOnLoop: Bool, settings: SinkWorkerSettings,
        consumer: any GroupConsumer, converters: RecordConverters, stop: StopSignal,
        alarm: WorkerAlarm, loop: EventLoop
    ) {
        self.settings = settings
        self.consumer = consumer
        self.converters = converters
        self.stop = stop
        self.alarm = alarm
        self.loop = loop
        log = settings.log
        health = BrokerHealth(log: settings.log)
        mailbox = OutcomeMailbox(loop: loop) { alarm.wake() }
        driver = TaskDriver(task: task, runsOnLoop: runsOnLoop, loop: loop) { alarm.wake() }
        committer = OffsetCommitter(consumer: consumer, loop: loop) { alarm.wake() }
        budget = RecordBudget(recordLimit: settings.recordLimit, byteLimit: settings.byteLimit)
        flow = FlowControl(maximumPollInterval: settings.maximumPollInterval)
        backoff = RetryBackoff(longest: settings.errors.longestRetryDelay)
        pool = BatchPool(partitions: consumer.partitions)
        nextCommit = .now + settings.commitInterval
    }

    /// Works until it is asked to stop, or fails; returns when nothing of it is left.
    ///
    /// On the loop only. Cancellation has no effect: the stop signal ends it in good order.
    static func run(
        _ connector: any SinkConnector, settings: SinkWorkerSettings,
        consumer: any GroupConsumer, converters: RecordConverters, stop: StopSignal,
        loop: EventLoop
    ) async throws {
        precondition(loop.isCurrent, "a worker runs on its loop")
        let alarm = WorkerAlarm(loop: loop, consumer: consumer)
        stop.onRequest { alarm.wakeFromAnyThread() }
        let maker = TaskMaker(connector: connector, settings: settings, stop: stop, alarm: alarm)
        let ending: Ending
        do throws(TaskError) {
            ending =
                if let task = try await maker.make() {
                    await SinkWorker(
                        task: task, runsOnLoop: connector.neverBlocks, settings: settings,
                        consumer: consumer, converters: converters, stop: stop, alarm: alarm,
                        loop: loop
                    ).work()
                } else { .stopped }
        } catch {
            ending = .failed(error)
        }
        await consumer.close(timeout: .seconds(1))
        switch ending {
        case .failed(let error): throw error
        case .badRecord(let error): throw error
        case .stopped: return
        }
    }

    private func work() async -> Ending {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.driver.run() }
            group.addTask { await self.committer.run() }
            group.addTask { await self.runTask() }
            group.addTask { await self.consumer.keepTopicsFresh() }
            group.addTask { await self.probeInDoubt() }
            await subscribe()
            await drive()
            await finish()
            group.cancelAll()
        }
        return ending ?? .stopped
    }

    /// One turn after the other, until there is a reason to end.
    private func drive() async {
        while ending == nil {
            await handleEvents()
            settle()
            let now = ContinuousClock.now
            deliverNext(at: now)
            commitIfDue(at: now)
            health.passed(at: now)
            if ending == nil { await step(at: now) }
        }
    }

    private func step(at now: ContinuousClock.Instant) async {
        switch flow.next(hasRoom: hasRoom, now: now) {
        case .poll:
            poll(maximum: budget.room(for: settings.maximumPollRecords))
            await letOthersGoOn(timeToNextDuty(at: now))
        case .hold(let duration):
            await alarm.wait(atMost: min(duration, timeToNextDuty(at: now)))
        case .pause: pause()
        case .pollPaused: poll(maximum: settings.maximumPollRecords)
        case .resume: resume()
        }
    }

    /// Waits for records where there are none; where all that came were skipped, others on the loop
    /// have their turn, such as the commits.
    private func letOthersGoOn(_ duty: Duration) async {
        guard fetched.isEmpty, ending == nil else { return }
        if isDrained { await alarm.waitForRecords(atMost: duty) } else { await Task.yield() }
    }

    /// The most records that may be done while one before them is not: what would be read again
    /// after a crash, and what the watermarks remember, 8 bytes each.
    private static let maximumPending = 1_000_000

    /// Whether records that came now could be handed over at once.
    private var hasRoom: Bool {
        driver.isIdle && fetched.isEmpty && redelivery.isEmpty
            && budget.hasRoom(for: settings.maximumPollRecords)
            && ledger.pending < Self.maximumPending
    }

    /// How long nothing is to be done if nothing happens.
    private func timeToNextDuty(at now: ContinuousClock.Instant) -> Duration {
        var duty = min(now + .seconds(1), nextCommit)
        // What is tried again waits for the task, which opens the gate.
        if driver.isIdle, let due = redelivery.due { duty = min(duty, due) }
        return max(.zero, duty - now)
    }

    /// Takes note of what the task and its outcomes say, and of a request to end.
    func settle() {
        // All that could have woken the worker so far is looked at now.
        alarm.reset()
        finishWrite()
        takeOutcomes()
        takeCommit()
        guard stop.isRequested else { return }
        if stopDeadline == nil { stopDeadline = .now + settings.gracefulStopTimeout }
        if ending == nil { ending = .stopped }
    }
}
