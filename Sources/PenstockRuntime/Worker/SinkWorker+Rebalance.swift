import Penstock

extension SinkWorker {
    /// Does what the group asks for.
    func handleEvents() async {
        while ending == nil, let event = nextEvent() {
            switch event {
            case .assigned(let partitions): await take(partitions)
            case .revoked(let partitions): await giveBack(partitions)
            case .lost(let partitions): await lose(partitions)
            case .failure(let error): note(error)
            }
        }
    }

    private func nextEvent() -> GroupEvent? {
        pendingEvents.isEmpty ? consumer.nextEvent() : pendingEvents.removeFirst()
    }

    private func note(_ error: BrokerError) {
        if error.kind == .fatal { end(.failed(error.cause ?? error)) } else { health.failed(error) }
    }

    private func take(_ partitions: [TopicPartition]) async {
        health.answered()
        ledger.assign(partitions.map(consumer.partitions.slot))
        if !partitions.isEmpty {
            log.info("Partitions assigned", ["partitions": partitions.listed])
            guard await open(partitions) else { return }
        }
        answer { () throws(BrokerError) in
            try consumer.assign(partitions)
            if flow.isPaused, !partitions.isEmpty { try consumer.pause(partitions) }
        }
    }

    /// Lets the task open partitions, again where that can help; false where the worker ends.
    private func open(_ partitions: [TopicPartition]) async -> Bool {
        var outage = OutageLog()
        while true {
            let call = driver.submit(.open(partitions))
            await wait(for: call, until: nil)
            guard driver.hasEnded(call), ending == nil else { return false }
            guard let error = driver.takeFailure(of: call) else { return true }
            guard error.isTransient else {
                end(.failed(error))
                return false
            }
            log.report(outage.failed(at: .now), "Partitions cannot be opened yet", error)
            await waitForRetry(after: error.retryAfter, keepsMembership: true)
        }
    }

    private func giveBack(_ partitions: [TopicPartition]) async {
        log.info("Partitions revoked", ["partitions": partitions.listed])
        let deadline = ContinuousClock.now + settings.revocationTimeout
        await flush(partitions, until: deadline)
        await commit(until: deadline)
        await release(partitions, reason: .rebalance, until: deadline)
    }

    private func lose(_ partitions: [TopicPartition]) async {
        log.warning("Partitions lost", ["partitions": partitions.listed])
        await release(
            partitions, reason: .lost, until: .now + settings.revocationTimeout)
    }

    private func release(
        _ partitions: [TopicPartition], reason: CloseReason, until deadline: ContinuousClock.Instant
    ) async {
        let slots = Set(partitions.map(consumer.partitions.slot))
        ledger.revoke(slots)
        dropUndelivered(of: slots)
        await wait(for: driver.submit(.close(partitions, reason)), until: deadline)
        forgetDelivered(of: slots)
        settle()
        answer { () throws(BrokerError) in try consumer.unassign(partitions) }
    }

    /// Lets the task write what it holds of some partitions.
    func flush(
        _ partitions: [TopicPartition], until deadline: ContinuousClock.Instant
    ) async {
        guard !partitions.isEmpty else { return }
        let call = driver.submit(.flush(partitions))
        await wait(for: call, until: deadline)
        guard let error = driver.takeFailure(of: call) else { return }
        if error.kind == .fatal {
            end(.failed(error))
        } else {
            log.warning("A flush failed; what it left is read again", ["error": error])
        }
    }

    /// Answers a rebalance; the group may have moved on meanwhile, and says so by another event.
    private func answer(_ body: () throws(BrokerError) -> Void) {
        do throws(BrokerError) { try body() } catch {
            if error.kind == .fatal, !error.isStaleMember {
                end(.failed(error.cause ?? error))
            } else {
                log.warning("A rebalance could not be answered", ["error": error])
            }
        }
    }

    /// Waits for the end of a call, and polls meanwhile so that the group keeps this member.
    ///
    /// Without a deadline it ends when the worker does.
    func wait(for call: UInt64, until deadline: ContinuousClock.Instant?) async {
        while !driver.hasEnded(call) {
            settle()
            if deadline == nil, ending != nil { return }
            let limit = [deadline, stopDeadline].compactMap(\.self).min()
            let rest = limit.map { $0 - .now } ?? .seconds(1)
            guard rest > .zero else { return }
            await alarm.wait(atMost: min(rest, .seconds(1)))
            if deadline == nil, !driver.hasEnded(call) { pollWhileWaiting() }
        }
        settle()
    }

    /// The group counts polls.
    ///
    /// A record that comes waits for its turn; other rebalances cannot begin before this one is
    /// answered.
    func pollWhileWaiting() {
        poll(maximum: 1)
        while let event = consumer.nextEvent() {
            if case .failure(let error) = event { note(error) } else { pendingEvents.append(event) }
        }
    }
}

extension [TopicPartition] {
    /// The partitions as one word of a log line.
    var listed: String { sorted().map(\.description).joined(separator: ",") }
}
