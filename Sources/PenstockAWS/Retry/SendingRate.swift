/// The rate at which a client of adaptive mode may send: answers go in, waiting times come out.
///
/// Without a limit until the first throttling. It knows no clock: times count from whenever the
/// caller began.
package struct SendingRate: Sendable {
    private static let lowest = 0.5
    private static let smoothing = 0.8
    /// How many parts of a second answers are counted in.
    private static let windowsPerSecond = 2.0

    private var isLimited = false

    private var count = 0.0
    private var lastWindow = 0.0
    /// The answers a second, smoothed.
    package private(set) var measured = 0.0

    private var curve = CubicRate()
    /// The requests a second that may be sent.
    package private(set) var limit = 0.0
    private var capacity = 0.0
    /// What may be sent now; below zero where turns have been given out beforehand.
    private var tokens = 0.0
    private var lastFill = 0.0

    /// No limit.
    package init() {}

    /// Takes a turn and says how long it is until then.
    ///
    /// Bound: two seconds for each turn that was taken before and is not over.
    package mutating func takeTurn(at time: Duration) -> Duration {
        guard isLimited else { return .zero }
        fill(until: time.seconds)
        tokens -= 1
        return tokens >= 0 ? .zero : .seconds(-tokens / limit)
    }

    /// Gives a turn back that is not used.
    package mutating func giveBackTurn() {
        if isLimited { tokens = min(capacity, tokens + 1) }
    }

    /// An attempt was answered, or failed otherwise.
    package mutating func answered(isThrottled: Bool, at time: Duration) {
        let seconds = time.seconds
        measure(at: seconds)
        let rate: Double
        if isThrottled {
            let throttled = isLimited ? min(measured, limit) : measured
            rate = curve.throttled(rate: throttled, at: seconds)
            isLimited = true
        } else {
            rate = curve.rate(at: seconds)
        }
        // More than twice of what is sent would be no limit.
        set(min(rate, 2 * measured), at: seconds)
    }

    private mutating func measure(at seconds: Double) {
        count += 1
        let window = (seconds * Self.windowsPerSecond).rounded(.down) / Self.windowsPerSecond
        guard window > lastWindow else { return }
        let rate = count / (window - lastWindow)
        measured = rate * Self.smoothing + measured * (1 - Self.smoothing)
        count = 0
        lastWindow = window
    }

    private mutating func set(_ rate: Double, at seconds: Double) {
        fill(until: seconds)
        limit = max(rate, Self.lowest)
        capacity = max(rate, 1)
        tokens = min(tokens, capacity)
    }

    private mutating func fill(until seconds: Double) {
        tokens = min(capacity, tokens + max(0, seconds - lastFill) * limit)
        lastFill = seconds
    }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
