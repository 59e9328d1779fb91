package import Penstock
internal import Synchronization

/// What all requests of one client share about trying again: the options, the bucket and, in
/// adaptive mode, the rate.
package final class ClientRetries: Sendable {
    private struct State {
        var options: RetryOptions
        var isComplete: Bool
        var bucket: RetryBucket
        var rate = SendingRate()

        var isAdaptive: Bool { options.mode == .adaptive }
    }

    private let state: Mutex<State>
    private let start = ContinuousClock.now

    /// Begins with a full bucket.
    package init(_ options: RetryOptions) {
        state = Mutex(
            State(
                options: options, isComplete: options.isComplete,
                bucket: RetryBucket(capacity: options.bucketCapacity)))
    }

    /// The options; what the program does not say is looked up once.
    ///
    /// - Parameters:
    ///   - settings: Reads variables and profile, where they are needed.
    ///   - log: Is told what an operator should know.
    /// - Returns: The options, with mode and number of attempts.
    /// - Throws: ``AWSConfigurationError``.
    package func options(
        _ settings: () throws(AWSConfigurationError) -> AWSSettings, log: Log
    ) throws(AWSConfigurationError) -> RetryOptions {
        var (options, isComplete) = state.withLock { ($0.options, $0.isComplete) }
        guard !isComplete else { return options }
        try options.complete(from: try settings(), log: log)
        state.withLock {
            $0.options = options
            $0.isComplete = true
        }
        return options
    }

    /// What the bucket holds.
    package var available: Int { state.withLock { $0.bucket.available } }

    /// Takes a turn to send, and says how long it is until then.
    package func takeTurn() -> Duration {
        state.withLock { $0.isAdaptive ? $0.rate.takeTurn(at: .now - start) : .zero }
    }

    /// Gives a turn back that is not used.
    package func giveBackTurn() {
        state.withLock { if $0.isAdaptive { $0.rate.giveBackTurn() } }
    }

    /// An attempt failed: decides what follows.
    package func failed(
        _ retry: inout RetryState, _ kind: ErrorKind, serverDelay: Duration?
    ) -> RetryState.Decision {
        state.withLock { state in
            retry.failed(
                kind, serverDelay: serverDelay, bucket: &state.bucket,
                random: .random(in: 0..<1))
        }
    }

    /// A request succeeded.
    package func succeeded(_ retry: inout RetryState) {
        state.withLock { retry.succeeded(bucket: &$0.bucket) }
    }

    /// An attempt has ended, one way or another.
    package func answered(isThrottled: Bool) {
        state.withLock { state in
            guard state.isAdaptive else { return }
            state.rate.answered(isThrottled: isThrottled, at: .now - start)
        }
    }
}
