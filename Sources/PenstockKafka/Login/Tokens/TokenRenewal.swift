import Penstock

/// When to ask for the next token: outcomes go in, what to do comes out.
///
/// It knows neither clock nor chance: the caller waits, and draws the random number.
struct TokenRenewal: Sendable {
    /// What to do after an outcome.
    enum Decision: Equatable {
        /// Ask again after this delay.
        case ask(after: Duration)
        /// Throw the error: there is no token and there will be none.
        case giveUp
    }

    /// The share of a token's life after which the next is asked for, as Java's clients have it
    /// (`sasl.login.refresh.window.factor`).
    private static let share = 0.8
    /// The shortest time between two tokens, whatever their life.
    private static let minimum = Duration.seconds(1)
    /// The longest wait, in milliseconds: a token for ever is looked after once a day.
    private static let longestWait = 24.0 * 3600 * 1000
    private static let firstDelay = Duration.milliseconds(500)
    private static let longestDelay = Duration.seconds(30)

    private var expiration: Timestamp?
    private var failures = 0

    /// Whether the last token is still good.
    func hasToken(at now: Timestamp) -> Bool {
        expiration.map { $0.milliseconds > now.milliseconds } ?? false
    }

    /// A token came.
    mutating func obtained(_ token: OAuthToken, at now: Timestamp) -> Decision {
        expiration = token.expiration
        failures = 0
        // In floating point: a program's provider may say anything, and milliseconds do not matter.
        let present = Double(now.milliseconds)
        let issued = min(Double(token.issued.milliseconds), present)
        let due = issued + (Double(token.expiration.milliseconds) - issued) * Self.share
        let delay = min(max(due - present, 0), Self.longestWait)
        return .ask(after: max(Self.minimum, .milliseconds(Int64(delay))))
    }

    /// No token came; `random` lies in 0..<1.
    mutating func failed(_ kind: ErrorKind, at now: Timestamp, random: Double) -> Decision {
        guard kind != .fatal || hasToken(at: now) else { return .giveUp }
        let longest = min(Self.firstDelay * (1 << min(failures, 10)), Self.longestDelay)
        failures += 1
        // Never less than half: a provider in trouble is not asked in a hurry.
        return .ask(after: longest * (0.5 + random / 2))
    }
}
