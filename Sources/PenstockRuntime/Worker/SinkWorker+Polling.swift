import Penstock

extension SinkWorker {
    /// A batch takes no more from the library once it holds so many bytes.
    static let batchByteLimit = 4 << 20

    /// Fetches what has come, and makes it ready for the task.
    func poll(maximum: Int) {
        let held = pool.take()
        let result = consumer.poll(
            into: held.records, maximum: maximum, byteLimit: Self.batchByteLimit)
        isDrained = result.isDrained
        guard held.records.count > 0 else { return pool.put(held) }
        health.answered()
        receive(held)
    }

    private func receive(_ held: HeldBatch) {
        batchCount += 1
        held.track(in: &ledger, order: batchCount)
        let stray = held.dropUntracked()
        let indices = convert(held)
        held.fixCharge()
        budget.take(records: held.records.count - stray, bytes: held.charge)
        if indices.isEmpty { retireIfDone(held) } else { fetched.append((held, indices)) }
    }

    /// Converts the records of a batch; returns those that can be handed over.
    private func convert(_ held: HeldBatch) -> ContiguousArray<Int32> {
        var indices = ContiguousArray<Int32>()
        indices.reserveCapacity(held.records.count)
        for index in 0..<held.records.count where held.places[index].number != nil {
            do throws(RecordConversionError) {
                try held.records.convert(index, with: converters)
                indices.append(Int32(index))
            } catch {
                refuse(Int32(index), of: held, error)
                if ending != nil { break }
            }
        }
        return indices
    }

    /// A record cannot be handled: it is skipped, or the worker ends.
    func refuse(_ index: Int32, of held: HeldBatch, _ cause: any Error) {
        let origin = held.records.origin(of: Int(index))
        guard settings.errors.tolerance == .all else {
            guard ending == nil else { return }
            ending = .badRecord(
                .data("the record cannot be handled", record: origin, cause: cause))
            return
        }
        let count = held.resolve(CollectionOfOne(index), in: &ledger)
        budget.release(records: count)
        if settings.errors.isLogged {
            _ = skipped.note(at: .now)
            log.warning("A record is skipped", ["record": origin, "error": cause.described])
        } else if let count = skipped.note(at: .now) {
            log.warning(
                "Records are skipped",
                [
                    "records": count, "total": skipped.total, "last": origin,
                    "error": cause.described,
                ])
        }
    }

    // MARK: Flow

    /// Stops fetching for as long as the task takes.
    func pause() {
        log.info("The task takes long; fetching pauses")
        onAssigned("pause") { partitions throws(BrokerError) in try consumer.pause(partitions) }
    }

    /// Fetches again.
    func resume() {
        log.info("Fetching goes on")
        onAssigned("resume") { partitions throws(BrokerError) in try consumer.resume(partitions) }
    }

    private func onAssigned(
        _ action: String, _ body: ([TopicPartition]) throws(BrokerError) -> Void
    ) {
        let partitions = ledger.assigned.map { consumer.partitions[$0] }
        guard !partitions.isEmpty else { return }
        do throws(BrokerError) { try body(partitions) } catch {
            log.warning("Partitions do not obey", ["action": action, "error": error])
        }
    }
}

extension Error {
    /// The error's own sentence.
    var described: String { "\(self)" }
}
