package import Penstock
internal import PenstockIO
internal import Synchronization

/// Keeps a provider's credentials and renews them before they end.
///
/// Every client keeps one around the provider it is given; a program that signs by itself makes its
/// own, and one that has several clients can give them all the same one.
///
/// ```swift
/// let credentials = CredentialCache(AssumeRole(arn: "arn:aws:iam::123456789012:role/orders"))
/// let signed = try SigV4(region: "eu-west-1", service: "sts")
///     .sign(request, with: try await credentials.credentials(), at: now)
/// ```
///
/// The provider is asked by one caller at a time; others that need its answer wait for it. Up to 15
/// minutes before credentials end (at most a quarter of their lifetime, less at random) one caller
/// renews them while all others go on with the old ones, which serve until their very end where
/// renewing fails. It is tried again after 100 ms, then after longer and longer, at most a minute,
/// for as long as somebody asks. Credentials are never given out after their end.
///
/// A refresh runs in the task of the caller who started it: there is no task of its own behind a
/// cache, and no request needs one that was not made. That caller waits for the provider, at most
/// ten seconds while the old credentials serve, a minute otherwise. When its task is cancelled, the
/// next caller in line starts anew, and nobody else notices.
public final class CredentialCache: CredentialProvider {
    private struct State {
        var refresh: CredentialRefresh
        /// Callers who wait for the refresh that is under way; as many as there are callers.
        var waiters: [UInt64: UnsafeContinuation<Void, Never>] = [:]
        var lastWaiter: UInt64 = 0
        var outage = OutageLog()

        /// What the operator is told; who starts without credentials gets the error itself.
        mutating func report(_ error: CredentialError?) -> OutageLog.Report? {
            guard error != nil else { return outage.recovered(at: .now) }
            return refresh.hasWorked ? outage.failed(at: .now) : nil
        }
    }

    /// Judges the ends of credentials.
    package let clock: ServiceClock
    private let provider: any CredentialProvider
    private let sleep: @Sendable (Duration) async throws -> Void
    private let log: Log
    private let state: Mutex<State>

    /// Keeps what a provider gives, with this clock and this way to wait.
    package init(
        _ provider: any CredentialProvider, clock: ServiceClock = ServiceClock(),
        log: Log = .disabled,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { delay in
            try await (EventLoop.current ?? .shared).sleep(for: delay)
        }
    ) {
        self.provider = provider
        self.clock = clock
        self.log = log
        self.sleep = sleep
        state = Mutex(
            State(refresh: CredentialRefresh(provider: String(describing: type(of: provider)))))
    }

    /// Keeps what a provider gives; nothing is asked yet.
    public convenience init(_ provider: any CredentialProvider) {
        self.init(provider, clock: ServiceClock())
    }

    /// The credentials that can be used as they are, without waiting for anything.
    ///
    /// Nil where there are none or somebody has to renew them: then ``credentials()`` does what is
    /// to be done.
    package func current() -> Credentials? {
        let now = clock.now
        return state.withLock { $0.refresh.current(at: now) }
    }

    /// Credentials that are good now; the provider is asked where that is needed.
    ///
    /// Cancelling the task ends the wait.
    ///
    /// - Throws: ``CredentialError``: the provider's, where there are no credentials that still
    ///   serve; `unavailable` also where the provider did not answer within a minute, gave
    ///   credentials that had ended, or the task was cancelled.
    public func credentials() async throws(CredentialError) -> Credentials {
        while true {
            switch state.withLock({ $0.refresh.ask(at: clock.now) }) {
            case .use(let credentials): return credentials
            case .fail(let error): throw error
            case .refresh(let attempt): await run(attempt)
            case .wait(let number): await wait(for: number)
            }
            if Task.isCancelled {
                throw CredentialError(.unavailable, "The wait for AWS credentials was cancelled.")
            }
        }
    }

    /// Says that AWS refused credentials of this cache: before they are used again the provider is
    /// asked for others.
    ///
    /// Without effect where others are held by now, and where the provider was asked for the same
    /// reason within the last second.
    public func invalidate(_ refused: Credentials) {
        state.withLock { _ = $0.refresh.refused(refused, at: clock.now) }
    }

    /// How long the provider is left in peace after a failure; nil where it is asked again at once.
    package var retryDelay: Duration? { state.withLock { $0.refresh.delay(at: clock.now) } }
}

// MARK: Refreshing

extension CredentialCache {
    private enum Event: Sendable {
        case answer(Result<Credentials, CredentialError>)
        case timeIsOver
        case timerCancelled
    }

    private func run(_ attempt: CredentialRefresh.Attempt) async {
        await withTaskCancellationHandler {
            await askWithinLimit(attempt)
        } onCancel: {
            // At once: a provider may not heed it, and the others are not to wait for that.
            end { refresh, _, _ in refresh.abandoned(attempt.number) }
        }
    }

    private func askWithinLimit(_ attempt: CredentialRefresh.Attempt) async {
        await withTaskGroup(of: Event.self) { group in
            group.addTask { .answer(await self.ask()) }
            group.addTask { await self.waitOut(attempt.limit) }
            for await event in group {
                switch event {
                case .timerCancelled: break
                case .timeIsOver:
                    // The others go on now, also where the provider does not heed being cancelled.
                    end { $0.ranOut(attempt, at: $1, random: $2) }
                    group.cancelAll()
                case .answer(let answer):
                    take(answer, of: attempt)
                    group.cancelAll()
                }
            }
        }
    }

    private func ask() async -> Result<Credentials, CredentialError> {
        do { return .success(try await provider.credentials()) } catch { return .failure(error) }
    }

    private func waitOut(_ limit: Duration) async -> Event {
        do {
            try await sleep(limit)
            return .timeIsOver
        } catch {
            return .timerCancelled
        }
    }

    private func take(
        _ answer: Result<Credentials, CredentialError>, of attempt: CredentialRefresh.Attempt
    ) {
        switch answer {
        case .success(let credentials):
            end { _ = $0.succeeded(attempt.number, with: credentials, at: $1, random: $2) }
        // It was abandoned, and says nothing of the provider.
        case .failure where Task.isCancelled: break
        case .failure(let error):
            end { $0.failed(attempt.number, with: error, at: $1, random: $2) }
        }
    }

    /// Notes how a refresh ended and wakes those who waited for it.
    private func end(_ note: (inout CredentialRefresh, Timestamp, Double) -> Void) {
        let now = clock.now
        let (waiters, report, error) = state.withLock { state in
            note(&state.refresh, now, .random(in: 0..<1))
            let error = state.refresh.lastError
            defer { state.waiters = [:] }
            return (state.waiters, state.report(error), error)
        }
        for waiter in waiters.values { waiter.resume() }
        tell(report, error)
    }

    private func tell(_ report: OutageLog.Report?, _ error: CredentialError?) {
        switch report {
        case .began?, .continues?:
            log.warning(
                "AWS credentials cannot be renewed; those that are there serve until their end",
                ["error": error?.description ?? ""])
        case .ended(let after, let failures)?:
            log.info(
                "AWS credentials are renewed again",
                ["failures": failures, "seconds": after.components.seconds])
        case nil: break
        }
    }
}

// MARK: Waiting

extension CredentialCache {
    private func wait(for number: Int) async {
        let waiter = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let isWaiting = state.withLock { state in
                    // Cancelled before this moment: the handler has run, or finds it below.
                    guard !Task.isCancelled, state.refresh.running == number else { return false }
                    state.waiters[waiter] = continuation
                    return true
                }
                if !isWaiting { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: waiter) }?.resume()
        }
    }
}
