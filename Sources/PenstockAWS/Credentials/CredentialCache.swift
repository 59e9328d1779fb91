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
/// The provider is asked once at a time; all who need its answer wait for it. Up to 15 minutes
/// before credentials end (at most a quarter of their lifetime, less at random) one caller renews
/// them while all others go on with the old ones, which serve until their very end where renewing
/// fails. It is tried again after 100 ms, then after longer and longer, at most a minute, for as
/// long as somebody asks. Credentials are never given out after their end.
///
/// The provider runs in a task of the cache, on Swift's pool and not on the loop of who asks.
/// Whoever waits for it does so for ten seconds at first while the old credentials serve, for a
/// minute otherwise, also where the provider heeds neither that nor being cancelled: such a call is
/// never joined by a second one, and what it brings in the end is taken. It is cancelled at the
/// limit, when nobody waits for it any more, and with the cache.
public final class CredentialCache: CredentialProvider {
    struct State {
        var refresh: CredentialRefresh
        /// The provider's task, for as long as it runs: also after everybody has given it up.
        var call: Task<Void, Never>?
        /// Whether nobody waits for the call's answer any more: it says nothing of the provider
        /// unless it brings credentials.
        var isGivenUp = false
        /// Ends the refresh that is under way when it takes too long.
        var timer: Task<Void, Never>?
        /// Callers who wait for the refresh that is under way; as many as there are callers.
        var waiters: [UInt64: UnsafeContinuation<Void, Never>] = [:]
        var lastWaiter: UInt64 = 0
        var outage = OutageLog()
    }

    /// Judges the ends of credentials.
    package let clock: ServiceClock
    let provider: any CredentialProvider
    let sleep: @Sendable (Duration) async throws -> Void
    let log: Log
    let state: Mutex<State>

    /// Keeps what a provider gives, with this clock and this way to wait; without one, with the
    /// clock that the provider puts right where it asks services for the credentials.
    package init(
        _ provider: any CredentialProvider, clock: ServiceClock? = nil,
        log: Log = .disabled,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { delay in
            try await (EventLoop.current ?? .shared).sleep(for: delay)
        }
    ) {
        self.provider = provider
        let told = (provider as? any ServiceTimed)?.serviceClock
        self.clock = clock ?? told ?? ServiceClock()
        self.log = log
        self.sleep = sleep
        state = Mutex(
            State(refresh: CredentialRefresh(provider: String(describing: type(of: provider)))))
    }

    /// Keeps what a provider gives; nothing is asked yet.
    public convenience init(_ provider: any CredentialProvider) {
        self.init(provider, clock: nil)
    }

    deinit {
        // Nobody waits: whoever does holds the cache.
        let (call, timer) = state.withLock { ($0.call, $0.timer) }
        call?.cancel()
        timer?.cancel()
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
            switch ask() {
            case .use(let credentials): return credentials
            case .fail(let error): throw error
            case .refresh(let attempt): await wait(for: attempt.number)
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

    /// How many callers wait for the provider.
    package var waiting: Int { state.withLock { $0.waiters.count } }

    /// How long the provider is left in peace after a failure; nil where it is asked again at once.
    package var retryDelay: Duration? { state.withLock { $0.refresh.delay(at: clock.now) } }
}

extension CredentialCache: ServiceTimed {
    /// The clock that the ends of credentials are judged by.
    package var serviceClock: ServiceClock? { clock }
}
