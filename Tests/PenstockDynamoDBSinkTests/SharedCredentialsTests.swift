import Penstock
import PenstockAWS
import PenstockIO
import PenstockTesting
import Synchronization
import Testing

@testable import PenstockDynamoDBSink

@Suite struct `Credentials of a sink's tasks` {
    private final class Counted: CredentialProvider {
        let count = Atomic(0)

        func credentials() async throws(CredentialError) -> Credentials {
            count.add(1, ordering: .relaxed)
            do { try await Task.sleep(for: .milliseconds(20)) } catch {}
            return Credentials(accessKeyID: "AKID", secretAccessKey: "secret")
        }
    }

    private static let environment = AWSEnvironment(variables: [:])

    private func cache(_ sink: DynamoDBSink) throws -> CredentialCache {
        try sink.credentialCache(
            http: HTTPClientConfiguration(), environment: Self.environment, log: .disabled)
    }

    @Test func `are asked for once, on however many loops the tasks are`() async throws {
        let provider = Counted()
        let sink = DynamoDBSink(
            hashKey: .value("id"), region: "eu-west-1", endpoint: "http://127.0.0.1:1",
            credentials: provider)
        try await withThrowingTaskGroup(of: DynamoDBSinkTask.self) { group in
            let loops = (0..<3).map { EventLoop(name: "tasks-\($0)") }
            for number in 0..<6 {
                let loop = loops[number % loops.count]
                group.addTask {
                    try await loop.run {
                        try await DynamoDBSinkTask(
                            sink, TaskContext(connector: "orders", task: number, taskCount: 6),
                            environment: Self.environment)
                    }
                }
            }
            // Kept until the last is made: what nobody uses any more is made anew.
            var tasks: [DynamoDBSinkTask] = []
            for try await task in group { tasks.append(task) }
            #expect(tasks.count == 6)
            #expect(provider.count.load(ordering: .relaxed) == 1)
            for loop in loops { await loop.stop() }
        }
    }

    @Test func `are those of an unchanged copy, and of none that says something else`() throws {
        var sink = DynamoDBSink(region: "eu-west-1")
        sink.accessKeyID = "AKID"
        sink.secretAccessKey = "secret"
        let first = try cache(sink)
        var copy = sink
        copy.maximumRequestsInFlight = 3
        copy.hashKey = .value("id")
        #expect(try cache(copy) === first)

        let changes: [(inout DynamoDBSink) -> Void] = [
            { $0.region = "eu-west-2" }, { $0.endpoint = "http://localhost:1" },
            { $0.accessKeyID = "OTHER" }, { $0.secretAccessKey = "other" },
            { $0.sessionToken = "token" }, { $0.proxy = "http://proxy:1" },
            { $0.proxyUser = "me" }, { $0.proxyPassword = "mine" },
            { $0.credentialsSettings = ["sts.role.arn": "arn"] },
            { $0.credentials = Counted() },
            { $0.credentialsClass = "EnvironmentVariableCredentialsProvider" },
        ]
        for (number, change) in changes.enumerated() {
            let before = try cache(sink)
            var changed = sink
            change(&changed)
            #expect(try cache(changed) !== before, "change \(number)")
            #expect(try cache(changed) !== cache(sink), "change \(number)")
        }
        #expect(try cache(DynamoDBSink()) !== cache(DynamoDBSink()))
    }

    @Test func `are a program's own cache where it gave one`() throws {
        let own = CredentialCache(Counted())
        #expect(try cache(DynamoDBSink(credentials: own)) === own)
    }

    @Test func `end with the last task`() throws {
        struct Ended: Sendable { weak let cache: CredentialCache? }
        let sink = DynamoDBSink(credentials: Counted())
        let ended = Ended(cache: try cache(sink))
        #expect(ended.cache == nil)
    }
}
