import Penstock

extension SinkWorker {
    /// Hands the next records to the task, where it is free: those that are tried again first.
    func deliverNext(at now: ContinuousClock.Instant) {
        guard write == nil, driver.isIdle else { return }
        if !redelivery.isEmpty {
            guard let next = redelivery.takeNext(at: now) else { return }
            handOver(next.indices, of: next.batch)
        } else if !fetched.isEmpty {
            let next = fetched.removeFirst()
            handOver(next.indices, of: next.held)
        }
    }

    private func handOver(_ indices: ContiguousArray<Int32>, of held: HeldBatch) {
        deliveryCount += 1
        let (id, mailbox) = (deliveryCount, mailbox)
        let batch = SinkBatch(records: held.records, indices: indices) { mailbox.post(id) }
        let delivery = Delivery(id: id, held: held, batch: batch)
        deliveries[id] = delivery
        write = (driver.submit(.write(batch)), delivery)
    }

    /// Takes note of the end of the write that was under way.
    func finishWrite() {
        guard let (call, delivery) = write, driver.hasEnded(call) else { return }
        write = nil
        guard let error = driver.takeFailure(of: call) else {
            if !delivery.batch.isDeferred { delivery.batch.resolveRest(.acknowledged) }
            backoff.reset()
            if writeOutage.isUnderWay, writeOutage.recovered(at: .now) != nil {
                log.info("The task's writes are successful again")
            }
            return
        }
        switch error.kind {
        case .retriable, .throttled:
            log.report(writeOutage.failed(at: .now), "A write failed and is tried again", error)
            let delay = error.retryAfter ?? backoff.next(chance: .random(in: 0...1))
            delivery.batch.resolveRest(.retry(after: delay))
        case .data: delivery.batch.resolveRest(.failed(UnattributedFailure(error: error)))
        case .fatal: end(.failed(error))
        }
    }

    /// Notes the first reason to end.
    func end(_ ending: Ending) {
        if self.ending == nil {
            self.ending = ending
        } else if case .failed(let error) = ending {
            log.error("The task failed while it was ending", ["error": error.described])
        }
    }

    /// Takes the outcomes that the task has told since the last look.
    func takeOutcomes() {
        var ready = mailbox.takeAll()
        while !ready.isEmpty {
            for id in ready {
                guard let delivery = deliveries[id] else { continue }
                for resolved in delivery.batch.takeOutcomes() {
                    delivery.remaining -= resolved.indices.count
                    apply(resolved, to: delivery.held)
                }
                if delivery.remaining == 0 { deliveries[id] = nil }
                retireIfDone(delivery.held)
            }
            ready = mailbox.takeAll()
        }
    }

    private func apply(_ resolved: ResolvedRecords, to held: HeldBatch) {
        switch resolved.outcome {
        case .acknowledged:
            budget.release(records: held.resolve(resolved.indices, in: &ledger))
        case .retry(let delay):
            redeliver(dropLost(resolved.indices, of: held), of: held, due: .now + delay)
        case .failed(let failure as UnattributedFailure):
            attribute(failure.error, to: dropLost(resolved.indices, of: held), of: held)
        case .failed(let error):
            for index in dropLost(resolved.indices, of: held) { refuse(index, of: held, error) }
        }
    }

    private func redeliver(
        _ indices: [Int32], of held: HeldBatch, due: ContinuousClock.Instant, limit: Int = .max
    ) {
        guard !indices.isEmpty else { return }
        redelivery.add(indices, of: held, order: held.order, due: due, limit: limit)
    }

    /// Finds the record that spoils a batch: the one that the error names, or by handing over the
    /// halves.
    private func attribute(_ error: TaskError, to indices: [Int32], of held: HeldBatch) {
        if indices.count == 1 { return refuse(indices[0], of: held, error) }
        if let origin = error.origin,
            let guilty = indices.first(where: { held.records.origin(of: Int($0)) == origin })
        {
            refuse(guilty, of: held, error)
            redeliver(indices.filter { $0 != guilty }, of: held, due: .now)
        } else {
            redeliver(indices, of: held, due: .now, limit: indices.count / 2)
        }
    }

    /// Drops the records whose partitions are not this member's any more; returns the others in
    /// their order.
    private func dropLost(_ indices: [Int32], of held: HeldBatch) -> [Int32] {
        let lost = indices.filter { !held.isOwned($0, in: ledger) }
        if !lost.isEmpty { budget.release(records: held.drop(lost)) }
        return indices.filter { held.isOwned($0, in: ledger) }.sorted()
    }

    /// Frees a batch of which no record is in hand any more.
    func retireIfDone(_ held: HeldBatch) {
        guard held.unresolved == 0, held.charge > 0 else { return }
        budget.release(bytes: held.takeCharge())
        pool.put(held)
    }

    /// Drops what was not handed over of partitions that are given up.
    func dropUndelivered(of slots: Set<Int32>) {
        for place in fetched.indices {
            let held = fetched[place].held
            let gone = fetched[place].indices.filter { slots.contains(held.places[Int($0)].slot) }
            guard !gone.isEmpty else { continue }
            fetched[place].indices.removeAll { slots.contains(held.places[Int($0)].slot) }
            drop(gone, of: held)
        }
        fetched.removeAll { $0.indices.isEmpty }
        let removed = redelivery.remove { held, index in
            slots.contains(held.places[Int(index)].slot)
        }
        for (held, index) in removed { drop(CollectionOfOne(index), of: held) }
    }

    /// Ends the wait for outcomes of partitions that were given up.
    ///
    /// A task need not tell of them any more, and what it never tells of would weigh on the budget
    /// for ever. The outcome is dropped where it is taken, since the partitions are gone.
    func forgetDelivered(of slots: Set<Int32>) {
        for delivery in deliveries.values {
            let places = delivery.held.places
            delivery.batch.resolve(
                Array(delivery.batch.indices).filter { slots.contains(places[Int($0)].slot) },
                .retry(after: .zero))
        }
    }

    private func drop(_ indices: some Sequence<Int32>, of held: HeldBatch) {
        budget.release(records: held.drop(indices))
        retireIfDone(held)
    }
}
