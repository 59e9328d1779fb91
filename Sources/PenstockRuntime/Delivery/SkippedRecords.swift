import Penstock

/// Counts records that were skipped under `errors.tolerance=all`, and says when that is worth a
/// line: the first, then at most one every 30 s, and the rest at the end.
struct SkippedRecords: Sendable {
    private(set) var total = 0
    private var sinceLine = 0
    private var lastLine: ContinuousClock.Instant?

    static let interval = Duration.seconds(30)

    /// A record is skipped; returns how many were since the last line, where a line is due.
    mutating func note(at now: ContinuousClock.Instant) -> Int? {
        total += 1
        sinceLine += 1
        if let lastLine, now - lastLine < Self.interval { return nil }
        lastLine = now
        return takeUntold()
    }

    /// How many were skipped since the last line.
    mutating func takeUntold() -> Int {
        defer { sinceLine = 0 }
        return sinceLine
    }
}
