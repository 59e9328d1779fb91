import Penstock
import PenstockDynamoDB
import PenstockIO

/// Finds tables, makes those that are missing, and waits until they can be written to.
///
/// Used on one event loop only. What fails and can heal is tried again without end.
final class TableDirectory {
    private let dynamo: DynamoDB
    private let createsTables: Bool
    private let loop: EventLoop
    private let log: Log
    private var failures: FailureLog

    /// How long a table that is being made is left alone between two looks at it.
    private static let pollInterval = Duration.milliseconds(500)

    init(_ dynamo: DynamoDB, createsTables: Bool, loop: EventLoop, log: Log) {
        self.dynamo = dynamo
        self.createsTables = createsTables
        self.loop = loop
        self.log = log
        failures = FailureLog(log)
    }

    /// The key of a table that can be written to; nil where there is no such table.
    ///
    /// - Throws: A fatal ``TaskError``, also on cancellation.
    func find(_ name: String) async throws(TaskError) -> KeySchema? {
        while true {
            let found = try await retrying("DescribeTable") {
                () throws(DynamoDBError) -> TableDescription? in
                do throws(DynamoDBError) {
                    return try await dynamo.describeTable(name)
                } catch {
                    if error.code == .resourceNotFound { return nil }
                    throw error
                }
            }
            guard let table = found else { return nil }
            switch table.status {
            case .creating: try await sleep(Self.pollInterval)
            case .deleting: throw .fatal("Table \(name) is being deleted")
            default: return table.key
            }
        }
    }

    /// Makes a table, or finds that another task has, and waits until it can be written to.
    ///
    /// - Throws: A fatal ``TaskError``, also on cancellation.
    func create(_ name: String, key: KeySchema) async throws(TaskError) -> KeySchema {
        guard createsTables else {
            throw .fatal("Table \(name) does not exist, and dynamodb.table.create is false")
        }
        let isOurs = try await retrying("CreateTable") { () throws(DynamoDBError) -> Bool in
            do throws(DynamoDBError) {
                _ = try await dynamo.createTable(CreateTableInput(table: name, key: key))
                return true
            } catch {
                if error.code == .resourceInUse { return false }
                throw error
            }
        }
        if isOurs { log.info("Made a table", ["table": name, "key": key.text]) }
        while true {
            if let key = try await find(name) { return key }
            // Made a moment ago and not to be seen yet.
            try await sleep(Self.pollInterval)
        }
    }

    private func retrying<Result>(
        _ operation: String, _ body: () async throws(DynamoDBError) -> Result
    ) async throws(TaskError) -> Result {
        var attempt = 0
        while true {
            do {
                let result = try await body()
                failures.succeeded(at: .now)
                return result
            } catch {
                if error.code == .cancelled { throw .fatal("\(operation) was cancelled") }
                guard error.kind == .retriable || error.kind == .throttled else {
                    throw .fatal("\(operation) is refused", cause: error)
                }
                failures.failed(error, operation: operation, at: .now)
                attempt += 1
                try await sleep(
                    Backoff.pause(
                        attempt: attempt, isThrottled: error.kind == .throttled,
                        random: .random(in: 0.5...1)))
            }
        }
    }

    private func sleep(_ duration: Duration) async throws(TaskError) {
        do {
            try await loop.sleep(for: duration)
        } catch {
            throw .fatal("Waiting for a table was cancelled")
        }
    }
}

extension KeySchema {
    /// The attributes with their types, for people.
    var text: String {
        let hashText = "\(hash.name) (\(hash.type.rawValue))"
        return sort.map { "\(hashText), \($0.name) (\($0.type.rawValue))" } ?? hashText
    }
}
