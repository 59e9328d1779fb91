import Penstock
import PenstockAWS
import PenstockIO
import Synchronization
import Testing

@Suite("Keeping credentials", .timeLimit(.minutes(2)))
struct CredentialCacheTests {
    private static let away = CredentialError(.unavailable, "away")

    /// A clock that stands until it is moved.
    private final class Hands: Sendable {
        private let milliseconds = Atomic<Int64>(0)
        var clock: ServiceClock {
            ServiceClock { Timestamp(milliseconds: self.milliseconds.load(ordering: .relaxed)) }
        }
        func set(minute: Int64) { set(second: minute * 60) }
        func set(second: Int64) { milliseconds.store(second * 1000, ordering: .relaxed) }
    }

    /// Answers a request only when it is told to.
    private final class Gate: CredentialProvider {
        private typealias Answer = Result<Credentials, CredentialError>
        private struct State {
            var waiting: [Int: UnsafeContinuation<Answer, Never>] = [:]
            var asked = 0
            var cancelled = 0
        }
        private let state = Mutex(State())
        let heedsCancellation: Bool

        init(heedsCancellation: Bool = true) { self.heedsCancellation = heedsCancellation }

        var asked: Int { state.withLock { $0.asked } }
        var cancelled: Int { state.withLock { $0.cancelled } }

        func credentials() async throws(CredentialError) -> Credentials {
            let number = state.withLock { state in
                state.asked += 1
                return state.asked
            }
            return try await withTaskCancellationHandler {
                await withUnsafeContinuation { continuation in
                    let isOver = state.withLock { state in
                        guard !(Task.isCancelled && heedsCancellation) else { return true }
                        state.waiting[number] = continuation
                        return false
                    }
                    if isOver { continuation.resume(returning: .failure(away)) }
                }
            } onCancel: {
                state.withLock { state in
                    state.cancelled += 1
                    return heedsCancellation ? state.waiting.removeValue(forKey: number) : nil
                }?.resume(returning: .failure(away))
            }.get()
        }

        /// Waits until the provider was asked so often, and answers the last time.
        func answer(
            _ number: Int, _ answer: Result<Credentials, CredentialError>
        ) async throws {
            try await until { self.state.withLock { $0.waiting[number] != nil } }
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: answer)
        }
    }

    /// Waits for half a minute, and for 200 looks where the machine is slow: a test that waits for
    /// ever in a task of its own would hold up the whole process.
    private static func until(
        _ condition: @Sendable () -> Bool, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let start = ContinuousClock.now
        var looks = 0
        while !condition() {
            looks += 1
            let isOver = .now - start > .seconds(30) && looks > 200
            try #require(!isOver, "it did not come true", sourceLocation: sourceLocation)
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    /// Gives what it is told to, and counts.
    private final class Scripted: CredentialProvider {
        let answers: Mutex<[Result<Credentials, CredentialError>]>
        let count = Atomic(0)

        init(_ answers: [Result<Credentials, CredentialError>]) { self.answers = Mutex(answers) }

        func credentials() async throws(CredentialError) -> Credentials {
            count.add(1, ordering: .relaxed)
            return try answers.withLock { $0.removeFirst() }.get()
        }
    }

    private static func key(_ name: String, until minutes: Int64? = nil) -> Credentials {
        Credentials(
            accessKeyID: name, secretAccessKey: "s",
            expiration: minutes.map { Timestamp(milliseconds: $0 * 60_000) })
    }

    @Test("lasting credentials are asked for once, refused ones again")
    func lasting() async throws {
        let provider = Scripted([.success(Self.key("a")), .success(Self.key("b"))])
        let cache = CredentialCache(provider)
        #expect(cache.current() == nil)
        for _ in 0..<3 { #expect(try await cache.credentials() == Self.key("a")) }
        cache.invalidate(Self.key("other"))
        #expect(cache.current() == Self.key("a"))
        cache.invalidate(Self.key("a"))
        #expect(try await cache.credentials() == Self.key("b"))
        #expect(provider.count.load(ordering: .relaxed) == 2)
    }

    @Test("temporary credentials are renewed before their end, and serve where that fails")
    func renewal() async throws {
        let provider = Scripted([
            .success(Self.key("a", until: 60)), .success(Self.key("b", until: 120)),
            .failure(Self.away), .failure(Self.away), .success(Self.key("c", until: 200)),
        ])
        let hands = Hands()
        let cache = CredentialCache(provider, clock: hands.clock)
        for (minute, name) in [(0, "a"), (44, "a"), (53, "b"), (100, "b"), (119, "b")] {
            hands.set(minute: Int64(minute))
            #expect(try await cache.credentials().accessKeyID == name)
        }
        hands.set(minute: 120)
        await #expect(throws: Self.away) { try await cache.credentials() }
        #expect(cache.retryDelay != nil)
        hands.set(minute: 121)
        #expect(try await cache.credentials().accessKeyID == "c")
    }

    @Test("a hundred callers ask a provider once")
    func singleFlight() async throws {
        let gate = Gate()
        let cache = CredentialCache(gate)
        try await withThrowingTaskGroup { group in
            for _ in 0..<100 { group.addTask { try await cache.credentials().accessKeyID } }
            group.addTask {
                try await gate.answer(1, .success(Self.key("a")))
                return "a"
            }
            for try await name in group { #expect(name == "a") }
        }
        #expect(gate.asked == 1)
    }

    @Test("a failure reaches all who waited, and the provider is left in peace for a while")
    func sharedFailure() async throws {
        let gate = Gate()
        let hands = Hands()
        let cache = CredentialCache(gate, clock: hands.clock)
        try await withThrowingTaskGroup { group in
            for _ in 0..<20 {
                group.addTask {
                    _ = await #expect(throws: Self.away) { try await cache.credentials() }
                }
            }
            group.addTask { try await gate.answer(1, .failure(Self.away)) }
            try await group.waitForAll()
        }
        #expect(gate.asked == 1)
    }

    @Test("while one caller renews, the others go on with the old ones")
    func early() async throws {
        let gate = Gate()
        let hands = Hands()
        let cache = CredentialCache(gate, clock: hands.clock)
        async let first = cache.credentials()
        try await gate.answer(1, .success(Self.key("a", until: 60)))
        _ = try await first
        hands.set(minute: 53)
        #expect(cache.current() == nil)
        async let renewing = cache.credentials()
        try await Self.until { gate.asked == 2 }
        for _ in 0..<5 { #expect(try await cache.credentials().accessKeyID == "a") }
        #expect(cache.current()?.accessKeyID == "a")
        // A failure is nobody's concern yet.
        try await gate.answer(2, .failure(Self.away))
        #expect(try await renewing.accessKeyID == "a")
    }

    @Test("shortly before the end all wait, and get the old ones where renewing fails")
    func pressing() async throws {
        let gate = Gate()
        let hands = Hands()
        let cache = CredentialCache(gate, clock: hands.clock)
        async let first = cache.credentials()
        try await gate.answer(1, .success(Self.key("a", until: 2)))
        _ = try await first
        hands.set(second: 115)
        async let renewing = cache.credentials()
        try await Self.until { gate.asked == 2 }
        #expect(cache.current() == nil)
        async let waiting = cache.credentials()
        try await gate.answer(2, .failure(Self.away))
        #expect(try await renewing.accessKeyID == "a")
        #expect(try await waiting.accessKeyID == "a")
        #expect(cache.current()?.accessKeyID == "a")
        #expect(gate.asked == 2)
    }

    @Test("a waiter that is cancelled leaves, and the refresh goes on")
    func cancelledWaiter() async throws {
        let gate = Gate()
        let cache = CredentialCache(gate)
        async let first = cache.credentials()
        try await Self.until { gate.asked == 1 }
        await withTaskGroup { group in
            group.addTask {
                let error = await #expect(throws: CredentialError.self) {
                    try await cache.credentials()
                }
                #expect(error?.code == .unavailable)
            }
            group.cancelAll()
        }
        #expect(gate.cancelled == 0)
        try await gate.answer(1, .success(Self.key("a")))
        #expect(try await first.accessKeyID == "a")
    }

    @Test("when the caller who refreshes is cancelled, the others get the answer all the same")
    func cancelledRefresher() async throws {
        let gate = Gate()
        let cache = CredentialCache(gate)
        let refresher = Task { try await cache.credentials() }
        try await Self.until { gate.asked == 1 }
        let waiter = Task { try await cache.credentials() }
        try await Self.until { cache.waiting == 2 }
        refresher.cancel()
        await #expect(throws: CredentialError.self) { try await refresher.value }
        try await gate.answer(1, .success(Self.key("a")))
        #expect(try await waiter.value.accessKeyID == "a")
        #expect(gate.cancelled == 0 && gate.asked == 1)
    }

    @Test(
        "the last caller who is cancelled ends the provider's work, and leaves at once",
        arguments: [true, false])
    func cancelledLast(heedsCancellation: Bool) async throws {
        let gate = Gate(heedsCancellation: heedsCancellation)
        let cache = CredentialCache(gate)
        let first = Task { try await cache.credentials() }
        try await Self.until { gate.asked == 1 && cache.waiting == 1 }
        first.cancel()
        await #expect(throws: CredentialError.self) { try await first.value }
        try await Self.until { gate.cancelled == 1 }
        #expect(cache.retryDelay == nil)
        let next = Task { try await cache.credentials() }
        if !heedsCancellation {
            // The old call has to end before there is a second one.
            try await Self.until { cache.waiting == 1 }
            #expect(gate.asked == 1)
            try await gate.answer(1, .failure(Self.away))
        }
        try await gate.answer(2, .success(Self.key("a")))
        #expect(try await next.value.accessKeyID == "a")
        #expect(gate.asked == 2)
    }

    @Test("a provider that hangs is an error that names it", arguments: [true, false])
    func hanging(heedsCancellation: Bool) async throws {
        let gate = Gate(heedsCancellation: heedsCancellation)
        let hands = Hands()
        let limits = Mutex<[Duration]>([])
        let cache = CredentialCache(
            gate, clock: hands.clock,
            sleep: { delay in
                limits.withLock { $0.append(delay) }
                try await Self.until { gate.asked == 1 }
            })
        // Nobody helps the provider on: each of these returns by itself.
        for minute: Int64 in 0..<3 {
            hands.set(minute: minute)
            let callers = (0..<3).map { _ in Task { try await cache.credentials() } }
            for caller in callers {
                let error = await #expect(throws: CredentialError.self) { try await caller.value }
                #expect(error?.code == .unavailable)
                #expect(error?.description == "Gate gave no credentials within 60 seconds.")
            }
            guard !heedsCancellation else { break }
        }
        #expect(limits.withLock { $0.allSatisfy { $0 == .seconds(60) } })
        try await Self.until { gate.cancelled == 1 }
        // However often it was waited for, the call that hangs is the only one.
        #expect(gate.asked == 1)
        guard !heedsCancellation else { return }
        try await gate.answer(1, .success(Self.key("late")))
        try await Self.until { cache.current()?.accessKeyID == "late" }
    }

    @Test("a call that hangs does not keep a cache that nobody needs any more")
    func goneAway() async throws {
        let gate = Gate(heedsCancellation: false)
        let hands = Hands()
        weak var left: CredentialCache?
        do {
            let cache = CredentialCache(
                gate, clock: hands.clock, sleep: { _ in try await Self.until { gate.asked == 1 } })
            left = cache
            _ = try? await cache.credentials()
        }
        try await Self.until { gate.cancelled == 1 }
        for _ in 0..<10_000 where left != nil { try await Task.sleep(for: .milliseconds(3)) }
        #expect(left == nil)
        try await gate.answer(1, .failure(Self.away))
    }

    @Test("a chain that takes too long names the source that it was asking")
    func hangingSource() async throws {
        let gate = Gate()
        // It stands: the next attempt is not due until the error is read.
        let hands = Hands()
        let cache = CredentialCache(
            CredentialChain([
                .init("variables", EnvironmentCredentials(AWSEnvironment(variables: [:]))),
                .init("vault", gate),
            ]), clock: hands.clock,
            sleep: { _ in try await Self.until { gate.asked == 1 } })
        let error = await #expect(throws: CredentialError.self) { try await cache.credentials() }
        #expect(
            error?.description
                == "CredentialChain, which was asking vault, gave no credentials within 60 seconds."
        )
    }

    /// Keeps what is logged.
    private final class Lines: LogHandler {
        private let lines = Mutex<[String]>([])
        let level = LogLevel.debug
        var all: [String] { lines.withLock { $0 } }
        func log(
            _ level: LogLevel, _ message: StaticString, _ metadata: [(key: String, value: String)]
        ) {
            lines.withLock { $0.append("\(level) \(message) \(metadata)") }
        }
    }

    @Test("the operator is told of what counts: not of those who left, and what still serves")
    func told() async throws {
        let gate = Gate()
        let hands = Hands()
        let lines = Lines()
        let cache = CredentialCache(gate, clock: hands.clock, log: Log(lines))
        async let first = cache.credentials()
        try await gate.answer(1, .success(Self.key("a", until: 60)))
        _ = try await first
        hands.set(minute: 53)
        let left = Task { try await cache.credentials() }
        try await Self.until { gate.asked == 2 && cache.waiting == 1 }
        left.cancel()
        _ = try? await left.value
        try await Self.until { gate.cancelled == 1 }
        #expect(lines.all.isEmpty)
        async let renewing = cache.credentials()
        try await gate.answer(3, .failure(Self.away))
        _ = try await renewing
        #expect(lines.all.count == 1)
        #expect(lines.all.first?.contains("those that are there serve until their end") == true)
        hands.set(minute: 61)
        async let again = cache.credentials()
        try await gate.answer(4, .success(Self.key("b")))
        _ = try await again
        #expect(lines.all.last?.contains("renewed again") == true)
        cache.invalidate(Self.key("b"))
        let refused = Task { try await cache.credentials() }
        try await gate.answer(5, .failure(Self.away))
        await #expect(throws: Self.away) { try await refused.value }
        #expect(lines.all.count == 3)
        #expect(lines.all.last?.contains("those that were there serve no more") == true)
    }

    /// Gives credentials that last so long from now, after so long, and fails at times.
    private final class ShortLived: CredentialProvider {
        let asked = Atomic(0)
        let underWay = Atomic(0)
        let mostUnderWay = Atomic(0)

        func credentials() async throws(CredentialError) -> Credentials {
            let number = asked.wrappingAdd(1, ordering: .relaxed).newValue
            let now = underWay.wrappingAdd(1, ordering: .relaxed).newValue
            mostUnderWay.max(now, ordering: .relaxed)
            defer { underWay.wrappingSubtract(1, ordering: .relaxed) }
            try? await Task.sleep(for: .milliseconds(5))
            if number.isMultiple(of: 3) { throw CredentialError(.unavailable, "by chance") }
            return Credentials(
                accessKeyID: "K\(number)", secretAccessKey: "s",
                expiration: Timestamp(milliseconds: SystemClock.now().milliseconds + 300))
        }
    }

    private final class Count: Sendable {
        let wrong = Atomic(0)
        let good = Atomic(0)
    }

    @Test("many tasks never get credentials that have ended")
    func concurrency() async throws {
        let provider = ShortLived()
        let cache = CredentialCache(provider)
        let count = Count()
        await withTaskGroup { group in
            for _ in 0..<16 {
                group.addTask {
                    for _ in 0..<400 {
                        let before = SystemClock.now()
                        if let key = try? await cache.credentials() {
                            count.good.add(1, ordering: .relaxed)
                            if let end = key.expiration, end <= before {
                                count.wrong.add(1, ordering: .relaxed)
                            }
                        }
                        try? await Task.sleep(for: .milliseconds(1))
                    }
                }
            }
        }
        #expect(count.wrong.load(ordering: .relaxed) == 0)
        #expect(count.good.load(ordering: .relaxed) > 100)
        #expect(provider.mostUnderWay.load(ordering: .relaxed) == 1)
        #expect(provider.asked.load(ordering: .relaxed) > 1)
    }
}
