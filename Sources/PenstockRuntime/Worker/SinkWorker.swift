import Penstock
import PenstockIO

/// Drives one task of a sink: takes records from a consumer, converts them, hands them over,
/// follows what becomes of each, and commits what is done.
///
/// What decides is in the pure parts that it holds; this is the shell that acts.
///
/// `@unchecked Sendable`: everything but `wake` runs on `loop`, which `run` checks; its child tasks
/// stay there.
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
    let connector: any SinkConnector
    let consumer: any GroupConsumer
    let converters: RecordConverters
    let stop: StopSignal
    let loop: EventLoop
    let log: Log
    /// Opened by whatever is worth a turn of the worker, but for records.
    let gate: LoopGate
    let health: BrokerHealth

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

    var mailbox: OutcomeMailbox!
    var driver: TaskDriver!
    var committer: OffsetCommitter!
    var nextCommit = ContinuousClock.now
    var pendingEvents: [GroupEvent] = []
    var isWaitingForRecords = false
    var isDrained = false
    var ending: Ending?
    /// When a worker that was asked to end gives up waiting.
    var stopDeadline: ContinuousClock.Instant?

    init(
        settings: SinkWorkerSettings, connector: any SinkConnector, consumer: any GroupConsumer,
        converters: RecordConverters, stop: StopSignal, loop: EventLoop
    ) {
        self.settings = settings
        self.connector = connector
        self.consumer = consumer
        self.converters = converters
        self.stop = stop
        self.loop = loop
        log = settings.log
        gate = LoopGate(loop: loop)
        health = BrokerHealth(log: settings.log)
        budget = RecordBudget(recordLimit: settings.recordLimit, byteLimit: settings.byteLimit)
        flow = FlowControl(maximumPollInterval: settings.maximumPollInterval)
        backoff = RetryBackoff(longest: settings.errors.longestRetryDelay)
        pool = BatchPool(partitions: consumer.partitions)
    }

    /// Works until it is asked to stop, or fails; returns when nothing of it is left.
    ///
    /// On the loop only. Cancellation has no effect: the stop signal ends it in good order.
    func run() async throws {
        precondition(loop.isCurrent, "a worker runs on its loop")
        stop.onRequest { [weak self] in self?.wakeFromAnyThread() }
        if let task = await makeTask() { await work(with: task) }
        await consumer.close(timeout: .seconds(1))
        switch ending {
        case .failed(let error): throw error
        case .badRecord(let error): throw error
        case .stopped, nil: return
        }
    }

    private func work(with task: any SinkTask) async {
        driver = TaskDriver(
            task: task, runsOnLoop: connector.neverBlocks, loop: loop
        ) { [unowned self] in wake() }
        committer = OffsetCommitter(consumer: consumer, loop: loop) { [unowned self] in
            commitEnded($0, $1)
        }
        mailbox = OutcomeMailbox(loop: loop) { [weak self] in self?.wake() }
        nextCommit = .now + settings.commitInterval
        await withDiscardingTaskGroup { group in
            group.addTask { await self.driver.run() }
            group.addTask { await self.committer.run() }
            group.addTask { await self.runTask(task) }
            group.addTask { await self.consumer.keepTopicsFresh() }
            group.addTask { await self.probeInDoubt() }
            await subscribe()
            await drive()
            await finish()
            group.cancelAll()
        }
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
            if fetched.isEmpty, isDrained { await waitForRecords(atMost: timeToNextDuty(at: now)) }
        case .hold(let duration):
            await gate.wait(atMost: min(duration, timeToNextDuty(at: now)))
        case .pause: pause()
        case .pollPaused: poll(maximum: settings.maximumPollRecords)
        case .resume: resume()
        }
    }

    /// Whether records that came now could be handed over at once.
    private var hasRoom: Bool {
        driver.isIdle && fetched.isEmpty && redelivery.isEmpty
            && budget.hasRoom(for: settings.maximumPollRecords)
    }

    /// How long nothing is to be done if nothing happens.
    private func timeToNextDuty(at now: ContinuousClock.Instant) -> Duration {
        var duty = min(now + .seconds(1), nextCommit)
        // What is tried again waits for the task, which opens the gate.
        if driver.isIdle, let due = redelivery.due { duty = min(duty, due) }
        return max(.zero, duty - now)
    }

    // MARK: Waking

    /// Lets the worker look at what has changed; on the loop.
    func wake() {
        gate.open()
        if isWaitingForRecords { consumer.wake() }
    }

    private func wakeFromAnyThread() {
        if loop.isCurrent { wake() } else { loop.execute { self.wake() } }
    }

    private func waitForRecords(atMost duration: Duration) async {
        guard !gate.takeOpening() else { return }
        isWaitingForRecords = true
        await consumer.waitUntilReady(atMost: duration)
        isWaitingForRecords = false
    }

    /// Takes note of what the task and its outcomes say, and of a request to end.
    func settle() {
        finishWrite()
        takeOutcomes()
        // All that could have opened the gate so far has been looked at.
        _ = gate.takeOpening()
        guard stop.isRequested else { return }
        if stopDeadline == nil { stopDeadline = .now + settings.gracefulStopTimeout }
        if ending == nil { ending = .stopped }
    }
}
