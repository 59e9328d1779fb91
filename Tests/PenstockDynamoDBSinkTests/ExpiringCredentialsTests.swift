import Penstock
import PenstockDynamoDB
import PenstockIO
import PenstockTesting
import Synchronization
import Testing

@testable import PenstockAWS
@testable import PenstockDynamoDBSink

/// A sink under load whose credentials end all the time.
@Suite(.timeLimit(.minutes(3))) struct ExpiringCredentialsTests {
    /// Gives credentials that live two to three seconds and end with one; every fourth time none, every third time slowly.
    private final class ShortLived: CredentialProvider {
        private let server: ScriptedDynamoDB
        private let given = Atomic(0)
        private let allEnds = Mutex<[String: Timestamp]>([:])

        init(_ server: ScriptedDynamoDB) { self.server = server }

        var count: Int { given.load(ordering: .relaxed) }

        /// The ends of all keys that were given.
        var ends: [String: Timestamp] { allEnds.withLock { $0 } }

        func credentials() async throws(CredentialError) -> Credentials {
            let number = given.wrappingAdd(1, ordering: .relaxed).newValue
            if number.isMultiple(of: 4) { throw CredentialError(.unavailable, "away for once") }
            let isSlow = number.isMultiple(of: 3)
            do {
                try await Task.sleep(for: .milliseconds(isSlow ? 300 : 5))
            } catch {
                throw CredentialError(.unavailable, "cancelled")
            }
            // Requests say in which second they were signed, so that is how ends are compared.
            let end = Timestamp(milliseconds: (SystemClock.now().milliseconds / 1000 + 3) * 1000)
            allEnds.withLock { $0["KEY\(number)"] = end }
            server.know(accessKeyID: "KEY\(number)", sessionToken: "T\(number)", until: end)
            return Credentials(
                accessKeyID: "KEY\(number)", secretAccessKey: "s", sessionToken: "T\(number)",
                expiration: end)
        }
    }

    private static let perBatch = 500
    private static let batchCount = 160
    private static let partitions = [TopicPartition(topic: "orders", partition: 0)]

    /// Hands over 10 000 records a second, less where the sink falls behind: at most 20 batches are
    /// unresolved.
    private static func load(_ task: DynamoDBSinkTask) async throws -> [SinkBatch] {
        var batches: [SinkBatch] = []
        var waiting: [SinkBatch] = []
        let start = ContinuousClock.now
        for _ in 0..<batchCount {
            let records = TestRecords()
            for place in 0..<perBatch {
                let number = batches.count * perBatch + place
                try records.add(offset: Int64(number), value: #"{"id":"k\#(number)"}"#)
            }
            let batch = records.sinkBatch()
            batches.append(batch)
            waiting.append(batch)
            try await task.write(batch)
            let due = start + .milliseconds(50) * batches.count
            repeat {
                try await EventLoop.current?.sleep(for: max(.zero, due - .now))
                waiting.removeAll { $0.unresolved == 0 }
            } while waiting.count > 20
        }
        try await task.flush(partitions)
        return batches
    }

    private static func run(
        _ server: ScriptedDynamoDB, _ provider: ShortLived
    ) async throws -> [SinkBatch] {
        let sink = DynamoDBSink(
            hashKey: .value("id"), region: "eu-west-1", endpoint: server.endpoint,
            credentials: provider)
        let loop = EventLoop(name: "expiring")
        let result: Result<[SinkBatch], any Error> = await loop.run {
            do {
                let task = try await DynamoDBSinkTask(
                    sink, TaskContext(connector: "test", log: .disabled),
                    environment: AWSEnvironment(variables: [:]))
                return .success(
                    try await withThrowingTaskGroup(of: [SinkBatch].self) { group in
                        group.addTask {
                            try await task.run()
                            return []
                        }
                        group.addTask { try await load(task) }
                        let batches = try await group.next() ?? []
                        group.cancelAll()
                        return batches
                    })
            } catch {
                return .failure(error)
            }
        }
        await loop.stop()
        return try result.get()
    }

    @Test func `credentials that end every few seconds cost no record and stop nothing`()
        async throws
    {
        try await ScriptedDynamoDB.run(seed: 1) { server in
            let provider = ShortLived(server)
            let start = ContinuousClock.now
            let batches = try await Self.run(server, provider)
            let time = ContinuousClock.now - start
            let outcomes = batches.flatMap { $0.takeOutcomes() }
            for outcome in outcomes {
                guard case .acknowledged = outcome.outcome else {
                    Issue.record("\(outcome.outcome)")
                    continue
                }
            }
            // All that was offered went through, however long it took.
            let records = Self.batchCount * Self.perBatch
            #expect(outcomes.reduce(0) { $0 + $1.indices.count } == records)
            #expect(server.table("orders").count == records)
            // Failures are tried again, but not all the time.
            let seconds = Int(time / .seconds(1))
            #expect((4...seconds * 5).contains(provider.count))
            let refused = try Self.checkKeys(of: server.requests, provider)
            print(
                "expiring credentials: \(records) records,",
                "\(Int(Double(records) / (time / .seconds(1)))) a second,",
                "\(server.requests.count) requests,",
                "\(refused) refused, \(provider.count) times asked")
        }
    }

    /// Compares every request with the end of the key that it was signed with, and returns how many
    /// were refused.
    private static func checkKeys(
        of requests: [LoggedRequest], _ provider: ShortLived
    ) throws -> Int {
        let ends = try provider.ends.mapValues { try SigningTime($0).text }
        var late = 0
        for request in requests {
            let end = try #require(request.accessKeyID.flatMap { ends[$0] })
            if try #require(request.signingDate) >= end { late += 1 }
        }
        // None; but the thread may stand still between the look at the clock and the signature,
        // which spoils that one.
        #expect(late <= ends.count)
        #expect(Set(requests.compactMap(\.accessKeyID)).count >= 3)
        // Those that were on their way when their key ended: 2 %, and on a slow machine as many as
        // are in flight at once.
        let refused = requests.count { $0.status == 400 }
        #expect(refused <= requests.count / 50 + DynamoDBSink().maximumRequestsInFlight)
        print("expiring credentials: \(late) requests signed at or after their key's end")
        return refused
    }
}
