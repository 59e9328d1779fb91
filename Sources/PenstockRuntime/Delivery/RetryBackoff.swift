import Penstock

/// How long to wait before a failed call is tried again: twice as long each time, from 300 ms up to
/// a limit, and of that a random part between a half and the whole.
struct RetryBackoff: Sendable {
    let longest: Duration
    private var attempts = 0

    static let shortest = Duration.milliseconds(300)

    init(longest: Duration) { self.longest = max(longest, Self.shortest) }

    /// The wait before the next try, by a random number from 0 to 1.
    mutating func next(chance: Double) -> Duration {
        // Bounded, since a shift without bound would wrap after some hours of failures.
        let wait = min(longest, Self.shortest * (1 << min(attempts, 20)))
        attempts += 1
        return wait * (0.5 + chance / 2)
    }

    /// A try was successful.
    mutating func reset() { attempts = 0 }
}
