import Penstock
import PenstockAWS
import PenstockDynamoDB
import PenstockIO
import PenstockTesting
import Synchronization
import Testing

@testable import PenstockDynamoDBSink

/// A sink under load whose credentials end all the time.
@Suite(.timeLimit(.minutes(3))) struct ExpiringCredentialsTests {
    /// Gives credentials that live two seconds; every fourth time none, every third time slowly.
    private final class ShortLived: CredentialProvider {
        private let server: ScriptedDynamoDB
        private let given = Atomic(0)

        init(_ server: ScriptedDynamoDB) { self.server = server }

        var count: Int { given.load(ordering: .relaxed) }

        func credentials() async throws(CredentialError) -> Credentials {
            let number = given.wrappingAdd(1, ordering: .relaxed).newValue
            if number.isMultiple(of: 4) { throw CredentialError(.unavailable, "away for once") }
            let isSlow = number.isMultiple(of: 3)
            do {
                try await Task.sleep(for: .milliseconds(isSlow ? 300 : 5))
            } catch {
                throw CredentialError(.unavailable, "cancelled")
            }
            let end = Timestamp(milliseconds: SystemClock.now().milliseconds + 2000)
            server.know(accessKeyID: "KEY\(number)", sessionToken: "T\(number)", until: end)
            return Credentials(
                accessKeyID: "KEY\(number)", secretAccessKey: "s", sessionToken: "T\(number)",
                expiration: end)
        }
    }

    private static let perBatch = 500
    private static let partitions = [TopicPartition(topic: "orders", partition: 0)]

    /// Hands over 10 000 records a second for some seconds, less where the sink falls behind.
    private static func load(
        _ task: DynamoDBSinkTask, for time: Duration
    ) async throws -> [SinkBatch] {
        var batches: [SinkBatch] = []
        var waiting: [SinkBatch] = []
        let start = ContinuousClock.now
        while ContinuousClock.now - start < time {
            let records = TestRecords()
            for place in 0..<perBatch {
                let number = batches.count * perBatch + place
                try records.add(offset: Int64(number), value: #"{"id":"k\#(number)"}"#)
            }
            batches.append(records.sinkBatch())
            waiting.append(batches[batches.count - 1])
            try await task.write(batches[batches.count - 1])
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
                        group.addTask { try await load(task, for: .seconds(8)) }
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

    @Test func `credentials that end every two seconds cost no record and stop nothing`()
        async throws
    {
        try await ScriptedDynamoDB.run(seed: 1) { server in
            let provider = ShortLived(server)
            let start = ContinuousClock.now
            let batches = try await Self.run(server, provider)
            #expect(batches.count > 10)
            let outcomes = batches.map { $0.takeOutcomes() }
            for outcome in outcomes.joined() {
                guard case .acknowledged = outcome.outcome else {
                    Issue.record("\(outcome.outcome)")
                    continue
                }
            }
            let records = batches.count * Self.perBatch
            #expect(outcomes.joined().reduce(0) { $0 + $1.indices.count } == records)
            #expect(server.table("orders").count == records)
            // What the sink signed with had not ended then; a few end on the way.
            let requests = server.requests
            let refused = requests.count { $0.status == 400 }
            #expect(refused * 2 < requests.count)
            #expect(Set(requests.compactMap(\.accessKeyID)).count >= 3)
            // Failures are tried again, but not all the time.
            let seconds = Int((ContinuousClock.now - start) / .seconds(1))
            #expect((4...seconds * 5).contains(provider.count))
            print(
                "expiring credentials: \(records) records, \(requests.count) requests,",
                "\(refused) refused, \(provider.count) times asked")
        }
    }
}
