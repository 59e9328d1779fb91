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
    func commit(until deadline: ContinuousClock.Instant) async {
        await waitForCommit(until: deadline)
        beginCommit()
        await waitForCommit(until: deadline)
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
