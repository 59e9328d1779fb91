internal import Glibc

/// The curve by which a rate recovers from throttling: CUBIC, as TCP has it.
///
/// It rises fast at first, slowly around the rate that was too much, then faster and faster.
package struct CubicRate: Sendable {
    /// What is left of the rate after throttling.
    private static let beta = 0.7
    private static let scale = 0.4

    /// The rate at the last throttling, a second.
    private var lastMaximum: Double
    /// The time of the last throttling, in seconds.
    private var lastThrottling: Double

    /// A curve that begins at a throttling.
    package init(lastMaximum: Double = 0, lastThrottling: Double = 0) {
        self.lastMaximum = lastMaximum
        self.lastThrottling = lastThrottling
    }

    /// The rate at a time at which nothing is throttled.
    package func rate(at seconds: Double) -> Double {
        // When the curve is back where it was throttled.
        let plateau = cbrt(lastMaximum * (1 - Self.beta) / Self.scale)
        let distance = seconds - lastThrottling - plateau
        return Self.scale * distance * distance * distance + lastMaximum
    }

    /// The rate after a throttling at a rate.
    package mutating func throttled(rate: Double, at seconds: Double) -> Double {
        lastMaximum = rate
        lastThrottling = seconds
        return rate * Self.beta
    }
}
