import CPenstockCurl
import Glibc
import Penstock

/// What belongs to the thread of one loop: its jobs, timers, descriptors and transfers.
///
/// `@unchecked Sendable`: the loop's thread alone touches it, but for `multi.wakeUp()`, which
/// libcurl allows from any thread.
final class LoopCore: @unchecked Sendable {
    let multi = CurlMulti()
    let timers = TimerHeap()
    var jobs = JobQueue()
    var watchdog: LoopWatchdog
    /// The task whose job runs now, or ran last.
    var currentTask: UInt64 = 0
    /// A transfer was added since libcurl was last asked to go on.
    var hasNewTransfers = false
    /// Called when a transfer has ended, with its handle.
    var transports: [Int: HTTPTransport] = [:]

    private var watches: [DescriptorWatch] = []
    private var waits: [curl_waitfd] = []
    private var lastPoll = MonotonicInstant.now

    /// After so many jobs, or so long, sockets and timers get their turn.
    private static let jobsPerTurn = 256
    private static let nanosecondsPerTurn: Int64 = 1_000_000

    init(log: Log) { watchdog = LoopWatchdog(log: log) }

    func add(_ watch: DescriptorWatch) {
        watches.append(watch)
        rebuildWaits()
    }

    func remove(_ watch: DescriptorWatch) {
        watches.removeAll { $0 === watch }
        rebuildWaits()
    }

    private func rebuildWaits() {
        waits = watches.map {
            curl_waitfd(fd: $0.descriptor, events: Int16(CURL_WAIT_POLLIN), revents: 0)
        }
    }

    // MARK: One turn

    /// Runs jobs until there is none, or until others must have their turn.
    func runJobs(on executor: UnownedTaskExecutor) {
        guard !jobs.isEmpty else { return }
        let start = MonotonicInstant.now
        var before = start
        for _ in 0..<Self.jobsPerTurn {
            guard let job = jobs.popFirst() else { return }
            let work = run(job, on: executor)
            let after = MonotonicInstant.now
            watchdog.observe(work, from: before, to: after)
            before = after
            if after.nanoseconds - start.nanoseconds > Self.nanosecondsPerTurn { return }
        }
    }

    private func run(_ job: LoopJob, on executor: UnownedTaskExecutor) -> LoopWatchdog.Work {
        switch job {
        case .task(let job):
            // The job is gone once it has run, and its task may be, so this cannot wait.
            let identifier = taskIdentifier(of: job)
            currentTask = identifier
            job.runSynchronously(on: executor)
            return .task(identifier)
        case .callback(let body):
            body()
            return .callback
        case .taken:
            return .callback
        }
    }

    func fireTimers() {
        guard timers.count > 0 else { return }
        // One reading for all, so that a timer that renews itself cannot hold the turn.
        let due = MonotonicInstant.now
        while let timer = timers.popDue(at: due) {
            let start = MonotonicInstant.now
            timer.fire()
            watchdog.observe(.timer, from: start, to: .now)
        }
    }

    /// Waits until there is something to do, and serves sockets and descriptors.
    func wait(milliseconds limit: Int32) {
        // First, or libcurl would end the wait at once, at the price of a system call per request.
        serveTransfers(hasActivity: false)
        guard jobs.isEmpty else { return }
        poll(milliseconds: min(limit, timeToNextTimer(from: .now)))
    }

    /// The same while jobs are waiting; sockets are looked at no more than once a millisecond.
    func serveWithoutWaiting() {
        let now = MonotonicInstant.now
        if now.nanoseconds - lastPoll.nanoseconds > Self.nanosecondsPerTurn {
            poll(milliseconds: 0)
        } else {
            serveTransfers(hasActivity: false)
        }
    }

    private func poll(milliseconds: Int32) {
        let hasActivity = multi.wait(for: &waits, milliseconds: milliseconds)
        lastPoll = .now
        serveDescriptors()
        serveTransfers(hasActivity: hasActivity)
    }

    private func timeToNextTimer(from now: MonotonicInstant) -> Int32 {
        guard let deadline = timers.nextDeadline() else { return .max }
        return Int32(clamping: (deadline - now).millisecondsRoundedUp)
    }

    private func serveDescriptors() {
        guard waits.contains(where: { $0.revents != 0 }) else { return }
        // A callback may cancel any watch: those that were ready are taken first, and asked again.
        let ready = zip(watches, waits).filter { $0.1.revents != 0 }.map(\.0)
        for watch in ready {
            let start = MonotonicInstant.now
            watch.onReadable?()
            watchdog.observe(.descriptor, from: start, to: .now)
        }
    }

    /// Lets libcurl go on.
    ///
    /// No code but libcurl's and two callbacks that copy bytes runs inside.
    private func serveTransfers(hasActivity: Bool) {
        guard hasActivity || hasNewTransfers else { return }
        hasNewTransfers = false
        let start = MonotonicInstant.now
        multi.perform()
        while let (easy, result) = multi.nextCompletion() {
            HTTPExchange.of(easy)?.complete(result)
        }
        watchdog.observe(.transfers, from: start, to: .now)
    }

    // MARK: End

    /// Ends all that waits for something other than a job.
    ///
    /// What waited continues by jobs.
    func close() {
        for timer in timers.removeAll() { timer.stop() }
        for transport in transports.values { transport.stop() }
        transports = [:]
        for watch in watches { watch.stop() }
        watches = []
        waits = []
    }
}
