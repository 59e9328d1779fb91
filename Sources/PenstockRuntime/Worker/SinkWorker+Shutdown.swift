import Penstock

extension SinkWorker {
    /// Ends in good order: what is in hand is written and committed as far as the time allows.
    func finish() async {
        let timeout = settings.gracefulStopTimeout
        let deadline = stopDeadline ?? .now + timeout
        stopDeadline = deadline
        let partitions = ledger.assigned.map { consumer.partitions[$0] }
        if mayWrite {
            // A part of the time is kept for the commit.
            let end = deadline - timeout / 5
            await drain(until: end)
            await flush(partitions, until: end)
        }
        await commit(until: deadline)
        let untold = settings.errors.isLogged ? 0 : skipped.takeUntold()
        if untold > 0 {
            log.warning("Records were skipped", ["records": untold, "total": skipped.total])
        }
        let rest = ledger.pending
        if rest > 0 {
            log.warning(
                "Records that were read are left uncommitted; they are read again",
                ["records": rest])
        }
        await leave(partitions, until: deadline)
    }

    /// A task that failed is not asked for more.
    private var mayWrite: Bool {
        if case .failed = ending { false } else { true }
    }

    /// Hands over what was fetched and waits for the writes.
    private func drain(until deadline: ContinuousClock.Instant) async {
        while ContinuousClock.now < deadline, mayWrite {
            settle()
            if redelivery.isEmpty { deliverNext(at: .now) }
            guard let (call, _) = write else { return }
            await wait(for: call, until: deadline)
        }
    }

    private func leave(
        _ partitions: [TopicPartition], until deadline: ContinuousClock.Instant
    ) async {
        if !partitions.isEmpty { _ = driver.submit(.close(partitions, .shutdown)) }
        let last = driver.submit(.stop)
        driver.finish()
        committer.finish()
        await wait(for: last, until: deadline)
        // The group goes on without this member, also where the task does not let go.
        await consumer.close(timeout: max(.seconds(1), deadline - .now))
        if !driver.hasEnded(last) {
            log.warning("The task has not ended in time; it is cancelled and waited for")
        }
    }
}
