import Penstock
import PenstockAWS
import Testing

/// Every order of events up to a length, against what must always hold.
@Suite("Every order of what can happen to credentials")
struct CredentialRefreshOrderTests {
    private enum Event: CaseIterable {
        case ask, wait50, wait400, wait3000, clockBack, short, long, lasting, ended, failure
        case abandoned, refused
    }

    private struct World {
        var refresh = CredentialRefresh(provider: "Test")
        var now: Int64 = 1_000_000
        var running: CredentialRefresh.Attempt?
        var lastUsed: Credentials?
        var refused: Credentials?
        var names = 0

        var time: Timestamp { Timestamp(milliseconds: now) }

        mutating func apply(_ event: Event) {
            switch event {
            case .ask: ask()
            case .wait50: now += 50
            case .wait400: now += 400
            case .wait3000: now += 3000
            case .clockBack: now -= 600_000
            case .short: succeed(2000)
            case .long: succeed(3_600_000)
            case .lasting: succeed(nil)
            case .ended: succeed(-1)
            case .failure:
                guard let attempt = running else { return }
                refresh.failed(
                    attempt.number, with: CredentialError(.unavailable, "away"), at: time,
                    random: 0.5)
                running = nil
            case .abandoned:
                running.map { refresh.abandoned($0.number) }
                running = nil
            case .refused:
                guard let lastUsed, refresh.refused(lastUsed, at: time) else { return }
                refused = lastUsed
            }
        }

        mutating func succeed(_ lifetime: Int64?) {
            guard let attempt = running else { return }
            names += 1
            let key = Credentials(
                accessKeyID: "K\(names)", secretAccessKey: "s",
                expiration: lifetime.map { Timestamp(milliseconds: now + $0) })
            let outcome = refresh.succeeded(attempt.number, with: key, at: time, random: 0.5)
            precondition((outcome == .ended) == (lifetime == -1))
            running = nil
        }

        /// Asks, and returns whether the answer may be.
        @discardableResult
        mutating func ask() -> Bool {
            let atOnce = refresh.current(at: time)
            switch refresh.ask(at: time) {
            case .use(let credentials):
                lastUsed = credentials
                let isGood = credentials.expiration.map { time < $0 } ?? true
                return isGood && credentials != refused
                    && (atOnce == nil || atOnce == credentials)
            case .refresh(let attempt):
                defer { running = attempt }
                return running == nil && atOnce == nil
            case .wait(let number): return running?.number == number && atOnce == nil
            case .fail: return running == nil && atOnce == nil
            }
        }
    }

    private struct Count {
        var orders = 0
        var broken: [[Event]] = []
    }

    @Test("none uses what has ended or was refused, refreshes twice at once, or stops for ever")
    func orders() {
        var count = Count()
        explore(World(), [], 5, &count)
        #expect(count.broken.isEmpty, "\(count.broken.first ?? [])")
        #expect(
            count.orders
                == (1...5).reduce(0) { sum, length in
                    sum + (0..<length).reduce(1) { power, _ in power * Event.allCases.count }
                })
    }

    private func explore(_ world: World, _ path: [Event], _ depth: Int, _ count: inout Count) {
        guard depth > 0 else { return }
        for event in Event.allCases {
            var next = world
            next.apply(event)
            count.orders += 1
            let path = path + [event]
            if !holds(next) { count.broken.append(path) }
            explore(next, path, depth - 1, &count)
        }
    }

    private func holds(_ world: World) -> Bool {
        var asked = world
        guard asked.ask() else { return false }
        // Whatever happened, a little later somebody has good credentials or may fetch them.
        var later = world
        later.apply(.abandoned)
        later.now += 60_000
        switch later.refresh.ask(at: later.time) {
        case .use, .refresh: return true
        case .wait, .fail: return false
        }
    }
}
