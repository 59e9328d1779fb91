internal import Penstock
internal import Synchronization

// What is done is decided by `CredentialRefresh`; here it is done. Tasks are cancelled and callers
// woken outside of the lock: their handlers run at once, and may come back here.

// MARK: Asking the provider

extension CredentialCache {
    /// What a caller does; a refresh that is due has begun by then.
    func ask() -> CredentialRefresh.Action {
        state.withLock { state in
            let action = state.refresh.ask(at: clock.now)
            if case .refresh(let attempt) = action { begin(attempt, &state) }
            return action
        }
    }

    private func begin(_ attempt: CredentialRefresh.Attempt, _ state: inout State) {
        // One that heeded nothing still runs: its answer counts, and asking twice at once would
        // pile up calls of a provider that hangs.
        if state.call == nil { state.call = makeCall() }
        // Kept, and cancelled with the refresh or the cache. It is no child of a caller's task,
        // since callers come and go while the limit is that of the refresh.
        state.timer = Task { [weak self, sleep] in
            guard (try? await sleep(attempt.limit)) != nil else { return }
            self?.timeIsOver(attempt)
        }
    }

    /// A task that asks the provider, and is kept and cancelled by the cache.
    ///
    /// A child task would hold its caller until the provider returns, whatever the limit and
    /// cancellation say. It runs on Swift's pool: a call that hangs may outlive a caller's loop.
    private func makeCall() -> Task<Void, Never> {
        let correction = clock.correction
        return Task { [weak self, provider] in
            let answer: Result<Credentials, CredentialError>
            do throws(CredentialError) {
                answer = .success(try await provider.credentials())
            } catch { answer = .failure(error) }
            self?.take(answer, correction: correction)
        }
    }

    /// The provider has answered.
    private func take(_ answer: Result<Credentials, CredentialError>, correction: Int64) {
        tellClock(since: correction)
        let now = clock.now
        finish { state in
            let isGivenUp = state.isGivenUp
            state.call = nil
            state.isGivenUp = false
            let running = state.refresh.running
            switch answer {
            case .success(let credentials):
                // A late answer is as good as one to those who wait by now.
                let number = running ?? state.refresh.lastNumber
                switch state.refresh.succeeded(
                    number, with: credentials, at: now, random: .random(in: 0..<1))
                {
                case .taken: return .succeeded
                case .ended: return running == nil ? .nothing : .failed
                case .late: return .nothing
                }
            case .failure(let error):
                guard isGivenUp else {
                    return state.refresh.failed(
                        running ?? 0, with: error, at: now, random: .random(in: 0..<1))
                        ? .failed : .nothing
                }
                // Of those who wait by now nobody has asked the provider yet.
                if running != nil { state.call = makeCall() }
                return .nothing
            }
        }
    }

    private func timeIsOver(_ attempt: CredentialRefresh.Attempt) {
        let source = (provider as? any ProgressReporting)?.sourceInProgress
        let now = clock.now
        finish { state in
            guard
                state.refresh.ranOut(
                    attempt, source: source, at: now, random: .random(in: 0..<1))
            else { return .nothing }
            state.isGivenUp = state.call != nil
            return .failed
        }
    }

    /// A caller does not wait any more; the last one gives the refresh up.
    private func leave(_ waiter: UInt64, _ number: Int) {
        let continuation = state.withLock { $0.waiters.removeValue(forKey: waiter) }
        continuation?.resume()
        finish { state in
            guard state.waiters.isEmpty, state.refresh.running == number else { return .nothing }
            state.refresh.abandoned(number)
            state.isGivenUp = state.call != nil
            return .abandoned
        }
    }
}

// MARK: Outcomes

extension CredentialCache {
    /// What an event came to.
    fileprivate enum Change {
        case succeeded
        case failed
        case abandoned
        case nothing
    }

    /// Notes what happened, wakes those who waited for it, cancels what nobody needs any more and
    /// tells the operator.
    private func finish(_ note: (inout State) -> Change) {
        let now = clock.now
        let ended = state.withLock { state -> Ended? in
            let change = note(&state)
            guard change != .nothing else { return nil }
            var ended = Ended(error: state.refresh.lastError)
            ended.isUsable = state.refresh.isUsable(at: now)
            switch change {
            case .succeeded: ended.report = state.outage.recovered(at: .now)
            // Who starts without credentials gets the error itself.
            case .failed where state.refresh.hasWorked:
                ended.report = state.outage.failed(at: .now)
            case .failed, .abandoned, .nothing: break
            }
            ended.timer = state.timer
            ended.call = state.isGivenUp ? state.call : nil
            ended.waiters = Array(state.waiters.values)
            state.timer = nil
            state.waiters = [:]
            return ended
        }
        guard let ended else { return }
        ended.timer?.cancel()
        ended.call?.cancel()
        tell(ended)
        for waiter in ended.waiters { waiter.resume() }
    }

    /// What is left to do when a refresh is over.
    private struct Ended {
        var error: CredentialError?
        var isUsable = false
        var report: OutageLog.Report?
        var timer: Task<Void, Never>?
        var call: Task<Void, Never>?
        var waiters: [UnsafeContinuation<Void, Never>] = []
    }

    private func tell(_ ended: Ended) {
        let error = ended.error?.description ?? ""
        switch ended.report {
        case .began? where ended.isUsable, .continues? where ended.isUsable:
            log.warning(
                "AWS credentials cannot be renewed; those that are there serve until their end",
                ["error": error])
        case .began?, .continues?:
            log.warning(
                "AWS credentials cannot be renewed, and those that were there serve no more",
                ["error": error])
        case .ended(let after, let failures)?:
            log.info(
                "AWS credentials are renewed again",
                ["failures": failures, "seconds": after.components.seconds])
        case nil: break
        }
    }

    /// Says that the provider found this machine's clock to be wrong.
    private func tellClock(since correction: Int64) {
        let skew = clock.correction - correction
        guard skew != 0 else { return }
        log.warning("This machine's clock differs from AWS's", ["seconds": skew / 1000])
    }
}

// MARK: Waiting

extension CredentialCache {
    /// Waits until the refresh of this number is over, or the task is cancelled.
    func wait(for number: Int) async {
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
            leave(waiter, number)
        }
    }
}
