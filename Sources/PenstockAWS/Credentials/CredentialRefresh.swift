package import Penstock

/// When credentials are renewed, and what is used meanwhile: callers and outcomes go in, what to do
/// comes out.
///
/// It knows neither clock nor chance nor provider. Credentials live through three phases: good;
/// *due*, when one caller renews them and the others go on with the old; *pressing*, shortly before
/// their end, when all wait for a renewal that is under way. Both windows are a share of the
/// credentials' lifetime and differ at random from one renewal to the next. Where renewing fails,
/// the old ones serve until their very end, and it is tried again after a delay that grows, is cut
/// to what time is left, and never ends.
package struct CredentialRefresh {
    /// What a caller does.
    package enum Action: Hashable, Sendable {
        /// Sign with these.
        case use(Credentials)
        /// Ask the provider, report the outcome under this number, then ask here again.
        case refresh(Attempt)
        /// Wait until the refresh of this number is over, then ask here again.
        case wait(Int)
        /// There are none, and it is too early to ask for them again.
        case fail(CredentialError)
    }

    /// One refresh.
    package struct Attempt: Hashable, Sendable {
        /// Its number, from 1.
        package let number: Int
        /// After how long it counts as failed.
        package let limit: Duration

        package init(number: Int, limit: Duration) {
            self.number = number
            self.limit = limit
        }
    }

    private let provider: String
    private var held: Credentials?
    /// Whether AWS refused those that are held.
    private var isRefused = false
    /// From when on one caller renews them.
    private var due = Int64.max
    /// From when on callers wait for a renewal that is under way.
    private var pressing = Int64.max
    /// The refresh that is under way.
    package private(set) var running: Int?
    /// The number of the refresh that began last; 0 before the first.
    package private(set) var lastNumber = 0
    private var lastSuccess = 0
    /// The time of the last refusal that led to a refresh.
    private var lastRefusal: Int64?
    /// The failures since the last success.
    private var failures = 0
    private var failure: Failure?

    private struct Failure {
        let error: CredentialError
        let time: Int64
        let delay: Int64
    }

    /// No credentials yet; the provider's name is for errors.
    package init(provider: String) { self.provider = provider }

    /// Whether there were credentials once.
    package var hasWorked: Bool { held != nil }

    /// The failure since which nothing succeeded.
    package var lastError: CredentialError? { failure?.error }
}

// MARK: Callers

extension CredentialRefresh {
    /// What can be used at once, without anything else to do; nil where ``ask(at:)`` has to say.
    package func current(at now: Timestamp) -> Credentials? {
        guard let held, isUsable(at: now) else { return nil }
        let now = now.milliseconds
        if now < due { return held }
        if running != nil { return now < pressing ? held : nil }
        return isBackingOff(at: now, isUsable: true) ? held : nil
    }

    /// What a caller does who needs credentials.
    package mutating func ask(at now: Timestamp) -> Action {
        let isUsable = isUsable(at: now)
        let isDue = !isUsable || now.milliseconds >= due
        if isDue, running == nil, !isBackingOff(at: now.milliseconds, isUsable: isUsable) {
            return .refresh(begin(isUrgent: !isUsable))
        }
        if let held, isUsable, running == nil || now.milliseconds < pressing { return .use(held) }
        if let running { return .wait(running) }
        guard let failure else { preconditionFailure("only a failure holds a refresh back") }
        return .fail(failure.error)
    }

    /// How long to wait before asking is worth while again, where ``ask(at:)`` says `fail`.
    package func delay(at now: Timestamp) -> Duration? {
        let isUsable = isUsable(at: now)
        guard let failure, running == nil,
            isBackingOff(at: now.milliseconds, isUsable: isUsable)
        else { return nil }
        let delay = Self.delay(after: failure, isUsable: isUsable)
        return .milliseconds(failure.time + delay - now.milliseconds)
    }

    /// AWS refused these credentials: they are not used any more until a provider confirms them.
    ///
    /// - Returns: Whether that changed anything. Refusals of other credentials than those held do
    ///   not, nor those that come within a second of one that did: a provider that keeps giving
    ///   what AWS keeps refusing is not asked with every request.
    @discardableResult
    package mutating func refused(_ credentials: Credentials, at now: Timestamp) -> Bool {
        guard let held, held.signsLike(credentials), !isRefused else { return false }
        if let lastRefusal, (0..<1000).contains(now.milliseconds - lastRefusal) { return false }
        lastRefusal = now.milliseconds
        isRefused = true
        return true
    }

    private mutating func begin(isUrgent: Bool) -> Attempt {
        lastNumber += 1
        running = lastNumber
        // While the old ones serve nobody needs to wait long for a slow provider; one that is
        // always slow gets more time with each failure.
        let longest = Duration.seconds(60)
        let early = Duration.seconds(10) * (1 << min(failures, 3))
        return Attempt(number: lastNumber, limit: isUrgent ? longest : min(early, longest))
    }

    /// Whether those that are held serve: they are neither refused nor at their end.
    package func isUsable(at now: Timestamp) -> Bool {
        guard let held, !isRefused else { return false }
        return held.expiration.map { now < $0 } ?? true
    }

    private func isBackingOff(at now: Int64, isUsable: Bool) -> Bool {
        guard let failure else { return false }
        // A clock that was set back must not hold refreshes back for as long.
        return (0..<Self.delay(after: failure, isUsable: isUsable)).contains(now - failure.time)
    }

    private static func delay(after failure: Failure, isUsable: Bool) -> Int64 {
        // Old credentials that served when it failed may have ended or been refused since.
        isUsable ? failure.delay : min(failure.delay, longestDelayWithout)
    }
}

// MARK: Outcomes

extension CredentialRefresh {
    /// What became of credentials that a provider gave.
    package enum Outcome: Hashable, Sendable {
        /// They are used from now on.
        case taken
        /// They had ended when they came, which counts as a failure.
        case ended
        /// Others came meanwhile.
        case late
    }

    /// A provider gave credentials; `random` lies in 0..<1.
    package mutating func succeeded(
        _ number: Int, with credentials: Credentials, at now: Timestamp, random: Double
    ) -> Outcome {
        // A refresh that ran out of time may still bring what nobody else has brought.
        guard number > lastSuccess else { return .late }
        if let end = credentials.expiration, end <= now {
            let error = CredentialError(
                .unavailable,
                "\(provider) gave credentials that had ended already, by this machine's clock.")
            failed(number, with: error, at: now, random: random)
            return .ended
        }
        if running == number { running = nil }
        lastSuccess = number
        held = credentials
        isRefused = false
        failure = nil
        failures = 0
        setWindows(from: now.milliseconds, to: credentials.expiration, random: random)
        return .taken
    }

    /// A refresh failed, or ran out of time.
    ///
    /// - Returns: Whether it was the one under way; nothing else changes anything.
    @discardableResult
    package mutating func failed(
        _ number: Int, with error: CredentialError, at now: Timestamp, random: Double
    ) -> Bool {
        guard running == number else { return false }
        running = nil
        failures += 1
        let grown = min(Self.firstDelay << Int64(min(failures - 1, 10)), longestDelay(at: now))
        let delay = Double(max(grown, Self.firstDelay)) * (1 - random / 2)
        failure = Failure(error: error, time: now.milliseconds, delay: Int64(delay))
        return true
    }

    /// Nobody waits for a refresh any more: that says nothing of the provider, and the next caller
    /// begins anew.
    package mutating func abandoned(_ number: Int) {
        if running == number { running = nil }
    }

    /// A refresh ran out of time; it may still bring something.
    ///
    /// - Parameters:
    ///   - attempt: The refresh.
    ///   - source: What the provider was waiting for, where it knows.
    ///   - now: This moment.
    ///   - random: In 0..<1.
    /// - Returns: Whether it was the one under way.
    @discardableResult
    package mutating func ranOut(
        _ attempt: Attempt, source: String? = nil, at now: Timestamp, random: Double
    ) -> Bool {
        let who = source.map { "\(self.provider), which was asking \($0)," } ?? provider
        let error = CredentialError(
            .unavailable,
            "\(who) gave no credentials within \(attempt.limit.components.seconds) seconds.")
        return failed(attempt.number, with: error, at: now, random: random)
    }

    private static let firstDelay: Int64 = 100
    /// Callers are waiting.
    private static let longestDelayWithout: Int64 = 5000

    /// With good credentials there is time, as long as their end leaves room for another try;
    /// without, callers are waiting.
    private func longestDelay(at now: Timestamp) -> Int64 {
        guard let held, isUsable(at: now) else { return Self.longestDelayWithout }
        guard let end = held.expiration else { return 60_000 }
        return min(60_000, (end.milliseconds - now.milliseconds) / 2)
    }

    private mutating func setWindows(from now: Int64, to end: Timestamp?, random: Double) {
        guard let end = end?.milliseconds else {
            due = .max
            pressing = .max
            return
        }
        let lifetime = end - now
        let jitter = 1 - random / 2
        let early = Double(min(15 * 60_000, lifetime / 4)) * jitter
        let late = Double(min(60_000, lifetime / 10)) * jitter
        // A provider that gives the same ones until shortly before their end is not asked without
        // pause.
        due = max(end - Int64(early), now + 200)
        pressing = max(end - Int64(late), due)
    }
}

extension Credentials {
    /// Whether a signature with these is the same as with others.
    fileprivate func signsLike(_ other: Credentials) -> Bool {
        accessKeyID == other.accessKeyID && secretAccessKey == other.secretAccessKey
            && sessionToken == other.sessionToken
    }
}
