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

    @Test(
        "when the caller who refreshes is cancelled, the next one starts anew",
        arguments: [true, false])
    func cancelledRefresher(heedsCancellation: Bool) async throws {
        let gate = Gate(heedsCancellation: heedsCancellation)
        let cache = CredentialCache(gate)
        let refresher = Task { try await cache.credentials() }
        try await Self.until { gate.asked == 1 }
        async let waiter = cache.credentials()
        refresher.cancel()
        if heedsCancellation {
            await #expect(throws: CredentialError.self) { try await refresher.value }
        }
        try await gate.answer(2, .success(Self.key("a")))
        #expect(try await waiter.accessKeyID == "a")
        #expect(gate.cancelled == 1)
        guard !heedsCancellation else { return }
        try await gate.answer(1, .failure(Self.away))
        await #expect(throws: CredentialError.self) { try await refresher.value }
        #expect(cache.current()?.accessKeyID == "a")
    }

    @Test("a provider that hangs is an error that names it", arguments: [true, false])
    func hanging(heedsCancellation: Bool) async throws {
        let gate = Gate(heedsCancellation: heedsCancellation)
        let limit = Mutex<Duration?>(nil)
        // Its clock stands: a caller who comes after the time is over finds the same error.
        let cache = CredentialCache(
            gate, clock: Hands().clock,
            sleep: { delay in
                limit.withLock { $0 = delay }
                try await Self.until { gate.asked > 0 }
                // Those who wait should be there, and mostly are.
                try await Task.sleep(for: .milliseconds(50))
            })
        let first = Task { try await cache.credentials() }
        try await Self.until { gate.asked == 1 }
        let error = await #expect(throws: CredentialError.self) {
            try await cache.credentials()
        }
        #expect(error?.code == .unavailable)
        #expect(error?.description == "Gate gave no credentials within 60 seconds.")
        #expect(limit.withLock { $0 } == .seconds(60))
        try await Self.until { gate.cancelled == 1 }
        if !heedsCancellation { try await gate.answer(1, .success(Self.key("late"))) }
        _ = try? await first.value
        if !heedsCancellation { #expect(cache.current()?.accessKeyID == "late") }
        #expect(gate.asked == 1)
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
