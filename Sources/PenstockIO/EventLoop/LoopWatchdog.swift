import Penstock

/// Names what held a loop for too long; measured after the fact, by one clock read per job.
struct LoopWatchdog {
    /// What is reported: everything else on the loop waits as long.
    static let limit = Duration.milliseconds(100)

    /// What kind of work held the loop.
    enum Work {
        case task(UInt64)
        case callback
        case timer
        case descriptor
        case transfers
    }

    private let log: Log
    /// Names of the tasks that entered the loop by ``EventLoop/run(_:)``, where they have one.
    private var taskNames: [UInt64: String] = [:]
    /// A task that has left the loop; the job in which it did so is still to be judged.
    private var departed: UInt64?
    /// The longest that one job, or any other single piece of work, has held the loop.
    private(set) var longestNanoseconds: Int64 = 0
    private let limitNanoseconds = Self.limit.clampedNanoseconds

    init(log: Log) { self.log = log }

    /// Returns false where the task has a name already.
    mutating func name(_ task: UInt64, _ name: String) -> Bool {
        if departed == task {
            departed = nil
            return true
        }
        guard taskNames[task] == nil else { return false }
        taskNames[task] = name
        return true
    }

    mutating func forget(_ task: UInt64) { departed = task }

    mutating func observe(_ work: Work, from start: MonotonicInstant, to end: MonotonicInstant) {
        let nanoseconds = end.nanoseconds - start.nanoseconds
        if nanoseconds > longestNanoseconds { longestNanoseconds = nanoseconds }
        if nanoseconds > limitNanoseconds { report(work, nanoseconds) }
        if let departed {
            taskNames[departed] = nil
            self.departed = nil
        }
    }

    private func report(_ work: Work, _ nanoseconds: Int64) {
        log.warning(
            "A job held its event loop",
            ["job": name(of: work), "milliseconds": nanoseconds / 1_000_000])
    }

    mutating func resetLongest() { longestNanoseconds = 0 }

    private func name(of work: Work) -> String {
        switch work {
        case .task(let identifier): taskNames[identifier] ?? "task \(identifier)"
        case .callback: "callback"
        case .timer: "timer"
        case .descriptor: "descriptor"
        case .transfers: "transfers"
        }
    }
}
