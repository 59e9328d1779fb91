/// How many requests may be in flight: more by one after each window that went well, half as many
/// after the other side asked for less.
///
/// Additive increase and multiplicative decrease, as TCP does it. Throttled replies of requests
/// that were sent before the last decrease count for that decrease.
struct CongestionWindow {
    /// The most that it ever allows.
    let maximum: Int
    /// What it allows now.
    private(set) var size: Double
    private var decreasedAt: UInt64 = 0
    private var sent: UInt64 = 0

    init(maximum: Int) {
        self.maximum = max(1, maximum)
        size = Double(self.maximum)
    }

    /// How many requests may be in flight now.
    var limit: Int { max(1, Int(size)) }

    /// Notes a request that goes out; returns the number to give back with its outcome.
    mutating func send() -> UInt64 {
        sent += 1
        return sent
    }

    /// A request was answered without throttling.
    mutating func succeed(_ number: UInt64) {
        guard size < Double(maximum) else { return }
        size = min(Double(maximum), size + 1 / size)
    }

    /// A request, or a part of it, was throttled.
    mutating func throttle(_ number: UInt64) {
        guard number > decreasedAt else { return }
        size = max(1, size / 2)
        decreasedAt = sent
    }
}
