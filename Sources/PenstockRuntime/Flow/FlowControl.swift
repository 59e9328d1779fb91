/// Decides whether a worker polls: as long as it has room; not at all where it has none, so that
/// the library's queue fills and its fetchers rest; and, where that lasts so long that the group
/// would miss the polls, paused and once a second.
struct FlowControl: Sendable {
    /// What to do next.
    enum Step: Sendable, Equatable {
        /// Fetch records.
        case poll
        /// Do not poll, for so long at most.
        case hold(Duration)
        /// Stop fetching all partitions, and ask again.
        case pause
        /// Poll for the group's sake; no records come.
        case pollPaused
        /// Fetch again, and ask again.
        case resume
    }

    private enum State: Sendable, Equatable {
        case flowing
        case stalled(since: ContinuousClock.Instant)
        case paused(nextPoll: ContinuousClock.Instant)
    }

    /// How long a stall lasts before partitions are paused.
    let patience: Duration
    private var state = State.flowing

    static let pausedPollInterval = Duration.seconds(1)

    /// Begins with flowing records; `maximumPollInterval` is how long the group waits for a poll.
    init(maximumPollInterval: Duration) {
        patience = min(maximumPollInterval / 3, .seconds(10))
    }

    /// Whether all partitions are to be paused; those that are assigned meanwhile too.
    var isPaused: Bool { if case .paused = state { true } else { false } }

    /// Says what to do, where `hasRoom` tells whether records could be handed over now.
    mutating func next(hasRoom: Bool, now: ContinuousClock.Instant) -> Step {
        switch state {
        case .paused where hasRoom:
            state = .flowing
            return .resume
        case _ where hasRoom:
            state = .flowing
            return .poll
        case .flowing:
            state = .stalled(since: now)
            return .hold(patience)
        case .stalled(let start):
            guard now - start >= patience else { return .hold(patience - (now - start)) }
            state = .paused(nextPoll: now)
            return .pause
        case .paused(let nextPoll):
            guard now >= nextPoll else { return .hold(nextPoll - now) }
            state = .paused(nextPoll: now + Self.pausedPollInterval)
            return .pollPaused
        }
    }
}
