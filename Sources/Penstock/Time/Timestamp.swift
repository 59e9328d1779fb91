/// A moment: milliseconds since 1970-01-01T00:00:00Z, as Kafka counts them.
public struct Timestamp: Hashable, Sendable {
    /// Milliseconds since the epoch, UTC; negative before 1970.
    public var milliseconds: Int64

    /// Makes the moment that lies so many milliseconds after the epoch.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
}

extension Timestamp: Comparable {
    /// Orders moments by time.
    public static func < (lhs: Timestamp, rhs: Timestamp) -> Bool {
        lhs.milliseconds < rhs.milliseconds
    }
}
