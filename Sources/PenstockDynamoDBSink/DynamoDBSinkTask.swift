import Penstock
import PenstockAWS
import PenstockDynamoDB
import PenstockIO

/// Carries out what the plan decides: sends its batches and tells it what came of them.
///
/// Everything happens on the event loop on which the task was made, without a lock.
///
/// `@unchecked Sendable`: all state is touched on the thread of `loop` only. The runtime calls a task
/// that never blocks there, which `write` checks; what comes from elsewhere goes through the loop.
final class DynamoDBSinkTask: SinkTask, @unchecked Sendable {
    private let loop: EventLoop
    private let dynamo: DynamoDB
    private let directory: TableDirectory
    private let table: TableNameFormat
    private let references: KeyReferences
    private let log: Log

    private var plan: WritePlan
    private var failures: FailureLog
    private var hasWorked = false
    /// The tables of which the operator was told that they hide fields.
    private var toldHiding: Set<Int> = []

    /// The table's number by the slot of a record's partition; -1 while it is not known.
    private var tablesBySlot: [Int] = []
    private var tableNumbers: [String: Int] = [:]
    private var partitions: PartitionTable?

    /// Senders without a request; the last that became idle is the first to get one.
    private var idleSenders: [UnsafeContinuation<WriteBatch?, Never>] = []
    private var flushes: [Flush] = []
    private var timer: LoopTimer?
    private var timerDeadline: ContinuousClock.Instant?
    private var isStopped = false

    private struct Flush {
        let number: Int
        let slots: [Int32]
        let continuation: UnsafeContinuation<Void, Never>
    }
    private var flushNumber = 0

    /// The limit for one request, connecting included.
    private static let timeout = Duration.seconds(10)

    init(
        _ sink: DynamoDBSink, _ context: TaskContext, environment: AWSEnvironment = .process
    ) async throws(TaskError) {
        let requests = max(1, sink.maximumRequestsInFlight / context.taskCount)
        loop = EventLoop.current ?? .shared
        log = context.log
        table = sink.table
        references = KeyReferences(hash: sink.hashKey, sort: sink.sortKey)
        let http = try sink.makeHTTP(requests: requests, environment: environment)
        let credentials = try sink.credentialCache(
            http: http, environment: environment, log: context.log)
        dynamo = try sink.makeClient(
            http: http, credentials: credentials, environment: environment, log: context.log)
        directory = TableDirectory(
            dynamo, createsTables: sink.createsTables, loop: loop, log: context.log)
        failures = FailureLog(context.log)
        var options = WritePlan.Options()
        options.linger = sink.linger
        options.maximumRequests = requests
        options.sendsAtOnce = sink.sendsAtOnce
        options.maximumRetryTime = sink.maximumRetryTime
        options.nullValues = sink.nullValues
        plan = WritePlan(options: options)
        try await Self.checkCredentials(credentials, context.log)
    }

    /// A program without credentials ends before its first record.
    private static func checkCredentials(
        _ provider: any CredentialProvider, _ log: Log
    ) async throws(TaskError) {
        do {
            _ = try await provider.credentials()
        } catch {
            if error.kind == .fatal { throw .fatal("The DynamoDB sink cannot start", cause: error) }
            log.warning("No AWS credentials yet; trying again", ["error": error.description])
        }
    }

    // MARK: SinkTask

    func write(_ batch: SinkBatch) async throws(TaskError) {
        guard loop.isCurrent else {
            return try await loop.run { () async throws(TaskError) in try await write(batch) }
        }
        batch.acknowledgeLater()
        partitions = batch.records.partitions
        let refused = try await findTables(for: batch)
        let indices =
            refused.isEmpty
            ? nil : ContiguousArray(batch.indices.filter { !refused.contains($0) })
        plan.add(batch, indices: indices, tables: tablesBySlot, now: .now)
        tellHiddenFields()
        sendReady()
    }

    func run() async throws(TaskError) {
        guard loop.isCurrent else {
            return try await loop.run { () async throws(TaskError) in try await run() }
        }
        do {
            try await withTaskCancellationHandler {
                try await withThrowingDiscardingTaskGroup { group in
                    for _ in 0..<plan.options.maximumRequests {
                        group.addTask { try await self.sendBatches() }
                    }
                }
            } onCancel: {
                loop.execute { self.stopSenders() }
            }
        } catch let error as TaskError {
            throw error
        } catch {
            throw .fatal("The sink's requests ended", cause: error)
        }
    }

    func flush(_ partitions: [TopicPartition]) async throws(TaskError) {
        guard loop.isCurrent else {
            return try await loop.run { () async throws(TaskError) in try await flush(partitions) }
        }
        let slots = slots(of: partitions)
        plan.sealAll()
        sendReady()
        guard plan.pendingCount(of: slots) > 0, !isStopped else { return }
        flushNumber += 1
        let number = flushNumber
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let flush = Flush(number: number, slots: slots, continuation: continuation)
                if Task.isCancelled { continuation.resume() } else { flushes.append(flush) }
            }
        } onCancel: {
            loop.execute { self.endFlushes { $0.number == number } }
        }
    }

    func close(_ partitions: [TopicPartition], reason: CloseReason) async {
        guard loop.isCurrent else {
            return await loop.run { await close(partitions, reason: reason) }
        }
        plan.abandon(Set(slots(of: partitions)), now: .now)
        endFlushes { plan.pendingCount(of: $0.slots) == 0 }
        // Writes of other partitions that waited behind those of these may go now.
        sendReady()
    }

    private func slots(of wanted: [TopicPartition]) -> [Int32] {
        guard let partitions else { return [] }
        return wanted.map(partitions.slot(of:))
    }

    private func endFlushes(where isOver: (Flush) -> Bool) {
        for flush in flushes where isOver(flush) { flush.continuation.resume() }
        flushes.removeAll(where: isOver)
    }

    // MARK: Tables

    /// Finds the table of every partition that is new.
    ///
    /// Returns the records that were refused on the way: those of a topic whose table cannot be made
    /// because none of its records here says what types the key has.
    private func findTables(for batch: SinkBatch) async throws(TaskError) -> Set<Int32> {
        var refused: Set<Int32> = []
        for index in batch.indices {
            let slot = Int(batch.records.entries[Int(index)].slot)
            while tablesBySlot.count <= slot { tablesBySlot.append(-1) }
            guard tablesBySlot[slot] < 0, !refused.contains(index) else { continue }
            let topic = batch.records.partitions[Int32(slot)].topic
            let name = table.table(for: topic)
            if let number = try await findTable(name, for: batch, slot, &refused) {
                tablesBySlot[slot] = number
            }
        }
        return refused
    }

    private func findTable(
        _ name: String, for batch: SinkBatch, _ slot: Int, _ refused: inout Set<Int32>
    ) async throws(TaskError) -> Int? {
        if let number = tableNumbers[name] { return number }
        guard TableNameFormat.isTableName(name) else {
            throw .fatal("No table can be called \(name): table.name.format and the topic make it")
        }
        var key = try await directory.find(name)
        if key == nil {
            guard let wanted = keySchema(for: batch, slot, &refused) else { return nil }
            key = try await directory.create(name, key: wanted)
        }
        guard let key else { return nil }
        let number = plan.add(try references.writer(for: name, key))
        tableNumbers[name] = number
        return number
    }

    /// The key of the first record of a partition that has one; those before it are refused, but for
    /// those that are passed over.
    private func keySchema(
        for batch: SinkBatch, _ slot: Int, _ refused: inout Set<Int32>
    ) -> KeySchema? {
        for index in batch.indices
        where Int(batch.records.entries[Int(index)].slot) == slot && !refused.contains(index) {
            if plan.options.nullValues == .ignore, batch.records.isTombstone(Int(index)) {
                continue
            }
            do {
                return try references.schema(for: batch.records, Int(index))
            } catch {
                batch.resolve([index], .failed(error))
                refused.insert(index)
            }
        }
        return nil
    }

    /// Says, once per table, that the key's attributes took the place of fields of their names.
    private func tellHiddenFields() {
        guard plan.tablesHidingFields.count > toldHiding.count else { return }
        for table in plan.tablesHidingFields.subtracting(toldHiding) {
            toldHiding.insert(table)
            log.warning(
                "Fields named like a key attribute are not written; the key's values are",
                ["table": plan.tables[table].name, "key": plan.tables[table].attributes])
        }
    }

    // MARK: Sending

    /// Gives batches that may go to senders that have none, and sets the timer for those that may
    /// go later.
    private func sendReady() {
        let now = ContinuousClock.now
        while !isStopped, let sender = idleSenders.last, let batch = plan.next(now: now) {
            idleSenders.removeLast()
            sender.resume(returning: batch)
        }
        setTimer(now)
    }

    private func setTimer(_ now: ContinuousClock.Instant) {
        guard !isStopped, let deadline = plan.nextDeadline else { return }
        if let timerDeadline, timer != nil, timerDeadline <= deadline { return }
        timer?.cancel()
        timerDeadline = deadline
        timer = loop.schedule(after: deadline - now) { [weak self] in
            self?.timer = nil
            self?.sendReady()
        }
    }

    /// One sender: a request at a time, until the task is cancelled or a sender fails.
    private func sendBatches() async throws {
        do {
            try await sendUntilStopped()
        } catch {
            stopSenders()
            throw error
        }
    }

    private func sendUntilStopped() async throws {
        var writer: BatchWriter?
        while let batch = await nextBatch() {
            let used = writer ?? dynamo.makeBatchWriter()
            writer = used
            let outcome = try await send(batch, used)
            let isOverdue = plan.complete(
                batch, outcome, now: .now, random: .random(in: 0...1))
            if isOverdue {
                throw TaskError.fatal("aws.dynamodb.max.retry.time.seconds ran out for a write")
            }
            if !flushes.isEmpty {
                plan.sealAll()
                endFlushes { plan.pendingCount(of: $0.slots) == 0 }
            }
            sendReady()
        }
    }

    private func nextBatch() async -> WriteBatch? {
        if isStopped { return nil }
        if let batch = plan.next(now: .now) { return batch }
        return await withUnsafeContinuation { idleSenders.append($0) }
    }

    private func stopSenders() {
        isStopped = true
        timer?.cancel()
        timer = nil
        let senders = idleSenders
        idleSenders = []
        for sender in senders { sender.resume(returning: nil) }
        endFlushes { _ in true }
    }

    private func send(
        _ batch: WriteBatch, _ writer: BatchWriter
    ) async throws -> WritePlan.Outcome {
        do {
            let isComplete = try await writer.send(batch.body, timeout: Self.timeout)
            hasWorked = true
            if isComplete {
                failures.succeeded(at: .now)
                return .applied(except: [])
            }
            return unprocessed(of: batch, writer.reply)
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            switch RequestFailure(error, hasWorked: hasWorked) {
            case .fatal(let error): throw error
            case .again(.refused(let error)): return .refused(error)
            case .again(let outcome):
                failures.failed(error, operation: error.operation, at: .now)
                return outcome
            }
        }
    }

    /// Which writes a reply gives back; the whole batch where the reply cannot be understood.
    private func unprocessed(of batch: WriteBatch, _ reply: [UInt8]) -> WritePlan.Outcome {
        let writer = plan.tables[batch.table]
        guard let json = try? Value(json: reply, maximumDepth: 80),
            let requests = json["UnprocessedItems"]?[writer.name], requests.kind == .array
        else { return notUnderstood() }
        let sent = Set(batch.entries.map(\.hash))
        var left: Set<UInt64> = []
        for request in requests.elements {
            let item = request["PutRequest"]?["Item"] ?? request["DeleteRequest"]?["Key"]
            guard let hash = item.flatMap(writer.keyHash(of:)), sent.contains(hash) else {
                return notUnderstood()
            }
            left.insert(hash)
        }
        return .applied(except: left)
    }

    /// A reply that names other writes than were sent, or none: the batch is sent again.
    private func notUnderstood() -> WritePlan.Outcome {
        failures.failed(
            TaskError.retriable("The reply cannot be understood"), operation: "BatchWriteItem",
            at: .now)
        return .failed
    }
}
