package import Penstock
internal import Synchronization

/// AWS's clock, as far as it is known: this machine's, put right where AWS refused its time.
///
/// Signatures and the ends of credentials are judged by it. Providers, caches and clients that
/// belong together share one, so that what one of them was told holds for all.
package final class ServiceClock: Sendable {
    private let system: @Sendable () -> Timestamp
    /// How far AWS's clock is ahead of this machine's, in milliseconds.
    private let offset = Atomic<Int64>(0)
    /// What AWS lets a signature's time differ by, nearly.
    private static let tolerance: Int64 = 4 * 60 * 1000

    /// A clock that follows this machine's until it is told better.
    package init(system: @escaping @Sendable () -> Timestamp = { SystemClock.now() }) {
        self.system = system
    }

    /// This moment.
    package var now: Timestamp {
        Timestamp(milliseconds: system().milliseconds + offset.load(ordering: .relaxed))
    }

    /// How far AWS's clock is ahead of this machine's, in milliseconds; 0 as long as it was not
    /// told.
    package var correction: Int64 { offset.load(ordering: .relaxed) }

    /// What a reply says about the time of the request that it refused.
    package enum Verdict: Hashable, Sendable {
        /// The time was right, or near enough.
        case right
        /// The time was wrong, and the clock has been put right since.
        case rightByNow
        /// The time was wrong; the clock goes by the reply from now on, by so many milliseconds.
        case putRight(by: Int64)
    }

    /// Compares a refused request's time with the reply's and follows the reply where they differ
    /// by minutes.
    package func compare(signedAt: Timestamp, with theirs: Timestamp) -> Verdict {
        guard Self.differ(signedAt, theirs) else { return .right }
        // Of many requests that were under way together the first has put it right.
        guard Self.differ(now, theirs) else { return .rightByNow }
        // The whole offset and no difference to the last one: two replies that come at the same
        // moment say the same, and must not count twice.
        let new = theirs.milliseconds - system().milliseconds
        let skew = new - offset.exchange(new, ordering: .relaxed)
        return skew.magnitude > Self.tolerance ? .putRight(by: skew) : .rightByNow
    }

    private static func differ(_ one: Timestamp, _ other: Timestamp) -> Bool {
        (one.milliseconds - other.milliseconds).magnitude > tolerance
    }
}

extension ServiceClock {
    /// The names under which AWS's services refuse a signature for what may be a wrong clock.
    private static let refusals: Set<String> = [
        "InvalidSignatureException", "SignatureDoesNotMatch", "RequestExpired",
        "RequestTimeTooSkewed", "RequestInTheFuture",
    ]

    /// Whether an error of this name may come from a wrong clock.
    package static func mayCause(_ code: String) -> Bool { refusals.contains(code) }
}
