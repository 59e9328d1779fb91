import Penstock

extension SinkWorker {
    /// Begins a commit where it is time for one and something has moved.
    func commitIfDue(at now: ContinuousClock.Instant) {
        guard now >= nextCommit else { return }
        nextCommit = now + settings.commitInterval
        beginCommit()
    }

    private func beginCommit() {
        guard !committer.isBusy else { return }
        let commit = ledger.positionsToCommit()
        if !commit.isEmpty { committer.begin(commit) }
    }

    /// Commits what is done, after the commit that may be under way.
    ///
    /// At the end there is no next time: a commit that met the rebalance of a member that left just
    /// before is tried again, ten times at most.
    func commit(until deadline: ContinuousClock.Instant) async {
        await waitForCommit(until: deadline)
        for _ in 0..<10 {
            beginCommit()
            guard committer.isBusy else { return }
            await waitForCommit(until: deadline)
            let isLast = stopDeadline == nil || ledger.positionsToCommit().isEmpty
            guard !isLast, ContinuousClock.now + .milliseconds(100) < deadline else { return }
            await alarm.wait(atMost: .milliseconds(100))
        }
    }

    private func waitForCommit(until deadline: ContinuousClock.Instant) async {
        while true {
            settle()
            guard committer.isBusy else { return }
            let rest = min(deadline, stopDeadline ?? deadline) - .now
            guard rest > .zero else {
                log.warning("A commit is not answered in time; it may still be carried out")
                return
            }
            await alarm.wait(atMost: rest)
        }
    }

    /// Takes note of the end of a commit; what failed is tried with the next one.
    func takeCommit() {
        guard let (commit, error) = committer.takeEnd() else { return }
        guard let error else {
            ledger.committed(commit)
            return health.answered()
        }
        if error.isStaleMember {
            log.info("A commit came too late: the group has moved on", ["error": error])
        } else if error.kind == .fatal {
            end(.failed(error.cause ?? error))
        } else {
            health.failed(error)
        }
    }
}
