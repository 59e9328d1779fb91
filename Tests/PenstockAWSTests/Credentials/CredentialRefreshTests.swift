import Penstock
import PenstockAWS
import Testing

@Suite("When credentials are renewed")
struct CredentialRefreshTests {
    /// The state machine, where an expectation can change it.
    private final class Machine {
        private var refresh = CredentialRefresh(provider: "Test")

        var lastError: CredentialError? { refresh.lastError }
        func current(at now: Timestamp) -> Credentials? { refresh.current(at: now) }
        func delay(at now: Timestamp) -> Duration? { refresh.delay(at: now) }
        func ask(at now: Timestamp) -> CredentialRefresh.Action { refresh.ask(at: now) }
        func abandoned(_ number: Int) { refresh.abandoned(number) }

        @discardableResult
        func refused(_ credentials: Credentials, at now: Timestamp) -> Bool {
            refresh.refused(credentials, at: now)
        }

        func succeeded(
            _ number: Int, with credentials: Credentials, at now: Timestamp, random: Double
        ) -> CredentialRefresh.Outcome {
            refresh.succeeded(number, with: credentials, at: now, random: random)
        }

        func failed(
            _ number: Int, with error: CredentialError, at now: Timestamp, random: Double
        ) { refresh.failed(number, with: error, at: now, random: random) }

        func ranOut(_ attempt: CredentialRefresh.Attempt, at now: Timestamp, random: Double) {
            refresh.ranOut(attempt, at: now, random: random)
        }
    }

    private static let away = CredentialError(.unavailable, "away")

    private static func key(_ name: String, until milliseconds: Int64? = nil) -> Credentials {
        Credentials(
            accessKeyID: name, secretAccessKey: "s",
            expiration: milliseconds.map { Timestamp(milliseconds: $0) })
    }

    private static func at(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds)
    }

    private static let minute: Int64 = 60_000
    private static let hour = 60 * minute

    /// Holds "a" from 0 until an end, with the widest windows.
    private static func holding(until end: Int64?) -> Machine {
        let refresh = Machine()
        _ = refresh.ask(at: at(0))
        #expect(refresh.succeeded(1, with: key("a", until: end), at: at(0), random: 0) == .taken)
        return refresh
    }

    private static func attempt(_ number: Int, seconds: Int) -> CredentialRefresh.Action {
        .refresh(.init(number: number, limit: .seconds(seconds)))
    }

    @Test("one caller refreshes, the others wait for it")
    func single() {
        let refresh = Machine()
        #expect(refresh.current(at: Self.at(0)) == nil)
        #expect(refresh.ask(at: Self.at(0)) == Self.attempt(1, seconds: 60))
        for _ in 0..<3 { #expect(refresh.ask(at: Self.at(5)) == .wait(1)) }
        let key = Self.key("a")
        #expect(refresh.succeeded(1, with: key, at: Self.at(9), random: 0.5) == .taken)
        #expect(refresh.ask(at: Self.at(9)) == .use(key))
        #expect(refresh.current(at: Self.at(Int64.max - 1)) == key)
    }

    @Test(
        "the windows are a share of the lifetime, up to 15 minutes and one, less at random",
        arguments: [
            // lifetime, random, due, pressing; in milliseconds
            (hour, 0.0, 45 * minute, 59 * minute),
            (hour, 0.999_999, hour - 450_000, hour - 30_000),
            (6 * hour, 0, 6 * hour - 15 * minute, 6 * hour - minute),
            (20 * minute, 0, 15 * minute, 19 * minute),
            (minute, 0, 45_000, 54_000), (2000, 0, 1500, 1800), (2000, 0.999_999, 1750, 1900),
            // Credentials that end at once are not renewed without a pause.
            (100, 0, 200, 200),
        ] as [(Int64, Double, Int64, Int64)])
    func windows(lifetime: Int64, random: Double, due: Int64, pressing: Int64) {
        let refresh = Machine()
        _ = refresh.ask(at: Self.at(0))
        let key = Self.key("a", until: lifetime)
        _ = refresh.succeeded(1, with: key, at: Self.at(0), random: random)
        let last = min(due, lifetime) - 1
        #expect(refresh.ask(at: Self.at(last)) == .use(key))
        #expect(refresh.current(at: Self.at(last)) == key)
        guard due < lifetime else {
            #expect(refresh.ask(at: Self.at(lifetime)) == Self.attempt(2, seconds: 60))
            return
        }
        #expect(refresh.current(at: Self.at(due)) == nil)
        #expect(refresh.ask(at: Self.at(due)) == Self.attempt(2, seconds: 10))
        // The others go on with the old ones, then wait.
        #expect(refresh.ask(at: Self.at(pressing - 1)) == .use(key))
        #expect(refresh.current(at: Self.at(pressing - 1)) == key)
        #expect(refresh.ask(at: Self.at(pressing)) == .wait(2))
        #expect(refresh.current(at: Self.at(pressing)) == nil)
    }

    @Test("where renewing fails the old ones serve until their end, and not a moment longer")
    func outage() {
        let refresh = Self.holding(until: Self.hour)
        let key = Self.key("a", until: Self.hour)
        var now = 45 * Self.minute
        var tries = 0
        while now < Self.hour {
            switch refresh.ask(at: Self.at(now)) {
            case .use(let used): #expect(used == key)
            case .refresh(let attempt):
                tries += 1
                refresh.failed(attempt.number, with: Self.away, at: Self.at(now), random: 0)
                #expect(refresh.ask(at: Self.at(now)) == .use(key))
                #expect(refresh.current(at: Self.at(now)) == key)
            case let action: Issue.record("\(action)")
            }
            now += 50
        }
        // 0.1 s, 0.2 s and so on up to a minute, then shorter again towards the end.
        #expect((20...45).contains(tries))
        #expect(refresh.current(at: Self.at(Self.hour)) == nil)
        #expect(refresh.ask(at: Self.at(Self.hour)) != .use(key))
    }

    @Test("without good credentials the delay grows from 100 ms to 5 s, half of it by chance")
    func backoff() {
        let refresh = Machine()
        var now: Int64 = 0
        for (number, delay) in [100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000].enumerated() {
            let random = number.isMultiple(of: 2) ? 0.0 : 0.5
            let delay = Int64(Double(delay) * (1 - random / 2))
            #expect(refresh.ask(at: Self.at(now)) == Self.attempt(number + 1, seconds: 60))
            refresh.failed(number + 1, with: Self.away, at: Self.at(now), random: random)
            #expect(refresh.delay(at: Self.at(now)) == .milliseconds(delay))
            #expect(refresh.ask(at: Self.at(now + delay - 1)) == .fail(Self.away))
            now += delay
            #expect(refresh.delay(at: Self.at(now)) == nil)
        }
    }

    /// A rotation that one failure stops for ever is a known fault of others.
    @Test("no number of failures, of whatever kind, ends renewing")
    func endless() {
        let refresh = Machine()
        var now: Int64 = 0
        let codes: [CredentialError.Code] = [
            .unavailable, .notConfigured, .incomplete, .unreadable, .unsupported,
        ]
        for number in 1...2000 {
            #expect(refresh.ask(at: Self.at(now)) == Self.attempt(number, seconds: 60))
            let error = CredentialError(codes[number % codes.count], "no")
            refresh.failed(number, with: error, at: Self.at(now), random: 0)
            now += 5000
        }
        guard case .refresh(let attempt) = refresh.ask(at: Self.at(now)) else {
            Issue.record("it stopped")
            return
        }
        let key = Self.key("a", until: now + Self.hour)
        _ = refresh.succeeded(attempt.number, with: key, at: Self.at(now), random: 0)
        #expect(refresh.ask(at: Self.at(now)) == .use(key))
        #expect(refresh.lastError == nil)
    }

    @Test("a delay that began with good credentials does not outlast them")
    func endDuringDelay() {
        let refresh = Self.holding(until: Self.hour)
        for _ in 0..<12 {
            guard case .refresh(let attempt) = refresh.ask(at: Self.at(45 * Self.minute)) else {
                break
            }
            refresh.failed(
                attempt.number, with: Self.away, at: Self.at(45 * Self.minute), random: 0)
        }
        let late = Self.hour - 1000
        guard case .refresh(let attempt) = refresh.ask(at: Self.at(late)) else {
            Issue.record("the delay is longer than half of what is left")
            return
        }
        refresh.failed(attempt.number, with: Self.away, at: Self.at(late), random: 0)
        #expect((refresh.delay(at: Self.at(late)) ?? .zero) <= .milliseconds(500))
    }

    @Test("a clock that is set back holds nothing back")
    func clockSetBack() {
        let refresh = Machine()
        _ = refresh.ask(at: Self.at(Self.hour))
        refresh.failed(1, with: Self.away, at: Self.at(Self.hour), random: 0)
        #expect(refresh.ask(at: Self.at(Self.hour)) == .fail(Self.away))
        #expect(refresh.ask(at: Self.at(0)) == Self.attempt(2, seconds: 60))
    }

    @Test("while old ones serve, a slow provider gets more time with every failure")
    func limits() {
        let refresh = Self.holding(until: Self.hour)
        var now = 45 * Self.minute
        for (number, seconds) in [10, 20, 40, 60, 60].enumerated() {
            let action = refresh.ask(at: Self.at(now))
            #expect(action == Self.attempt(number + 2, seconds: seconds))
            guard case .refresh(let attempt) = action else { return }
            refresh.ranOut(attempt, at: Self.at(now), random: 0)
            #expect(refresh.lastError?.code == .unavailable)
            #expect(
                refresh.lastError?.description
                    == "Test gave no credentials within \(seconds) seconds.")
            now += Self.minute
        }
    }

    @Test("what comes after the time limit counts, unless others came before")
    func late() {
        let refresh = Machine()
        guard case .refresh(let first) = refresh.ask(at: Self.at(0)) else { return }
        refresh.ranOut(first, at: Self.at(60_000), random: 0)
        guard case .refresh(let second) = refresh.ask(at: Self.at(70_000)) else {
            Issue.record("no second")
            return
        }
        #expect(
            refresh.succeeded(1, with: Self.key("a"), at: Self.at(71_000), random: 0) == .taken)
        #expect(refresh.ask(at: Self.at(71_000)) == .use(Self.key("a")))
        #expect(
            refresh.succeeded(second.number, with: Self.key("b"), at: Self.at(72_000), random: 0)
                == .taken)
        #expect(refresh.succeeded(1, with: Self.key("c"), at: Self.at(73_000), random: 0) == .late)
        #expect(refresh.ask(at: Self.at(73_000)) == .use(Self.key("b")))
        refresh.failed(1, with: Self.away, at: Self.at(74_000), random: 0)
        #expect(refresh.lastError == nil)
    }

    @Test("credentials that come after their end are none")
    func ended() {
        let refresh = Machine()
        _ = refresh.ask(at: Self.at(1000))
        let key = Self.key("a", until: 1000)
        #expect(refresh.succeeded(1, with: key, at: Self.at(1000), random: 0) == .ended)
        guard case .fail(let error) = refresh.ask(at: Self.at(1000)) else {
            Issue.record("used")
            return
        }
        #expect(error.code == .unavailable)
        #expect(error.description.hasPrefix("Test gave credentials that had ended"))
    }

    @Test("a cancelled caller hands over without a delay")
    func abandoned() {
        let refresh = Machine()
        _ = refresh.ask(at: Self.at(0))
        refresh.abandoned(1)
        #expect(refresh.lastError == nil)
        #expect(refresh.ask(at: Self.at(0)) == Self.attempt(2, seconds: 60))
        refresh.abandoned(1)
        #expect(refresh.ask(at: Self.at(0)) == .wait(2))
    }

    @Test("refused credentials are renewed, once a second at most")
    func refused() {
        let refresh = Self.holding(until: nil)
        let key = Self.key("a")
        #expect(!refresh.refused(Self.key("other"), at: Self.at(10)))
        #expect(refresh.ask(at: Self.at(10)) == .use(key))
        #expect(refresh.refused(key, at: Self.at(10)))
        #expect(!refresh.refused(key, at: Self.at(10)))
        #expect(refresh.current(at: Self.at(10)) == nil)
        #expect(refresh.ask(at: Self.at(10)) == Self.attempt(2, seconds: 60))
        // The provider knows no others.
        _ = refresh.succeeded(2, with: key, at: Self.at(20), random: 0)
        #expect(!refresh.refused(key, at: Self.at(30)))
        #expect(refresh.ask(at: Self.at(1009)) == .use(key))
        #expect(refresh.refused(key, at: Self.at(1010)))
        #expect(refresh.ask(at: Self.at(1010)) == Self.attempt(3, seconds: 60))
        _ = refresh.succeeded(3, with: Self.key("b"), at: Self.at(1020), random: 0)
        #expect(!refresh.refused(key, at: Self.at(9000)))
        #expect(refresh.ask(at: Self.at(9000)) == .use(Self.key("b")))
    }

    @Test("refused credentials do not serve while renewing fails, and are waited for 5 s at most")
    func refusedOutage() {
        let refresh = Self.holding(until: Self.hour)
        var now = 45 * Self.minute
        for _ in 0..<10 {
            guard case .refresh(let attempt) = refresh.ask(at: Self.at(now)) else { break }
            refresh.failed(attempt.number, with: Self.away, at: Self.at(now), random: 0)
            now += 31_000
        }
        guard case .use = refresh.ask(at: Self.at(now - 30_000)) else {
            Issue.record("the old ones serve")
            return
        }
        refresh.refused(Self.key("a"), at: Self.at(now - 30_000))
        guard case .refresh = refresh.ask(at: Self.at(now - 30_000 + 5000)) else {
            Issue.record("the delay of better times holds it back")
            return
        }
    }
}
