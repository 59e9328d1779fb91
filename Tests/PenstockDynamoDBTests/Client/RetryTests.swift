import Penstock
import PenstockAWS
import PenstockDynamoDB
import PenstockIO
import Synchronization
import Testing

@Suite("Attempts of the client", .timeLimit(.minutes(1)))
struct RetryTests {
    private static let listed = ReplyServer.Reply(body: #"{"TableNames":["t"]}"#)

    private static func error(_ name: String, _ status: Int = 400) -> ReplyServer.Reply {
        ReplyServer.Reply(status: status, body: #"{"__type":"x#\#(name)","message":"m"}"#)
    }

    private func client(
        _ server: ReplyServer, _ change: (inout DynamoDBOptions) -> Void = { _ in },
        credentials: any CredentialProvider = Credentials(accessKeyID: "A", secretAccessKey: "s")
    ) -> DynamoDB {
        var options = DynamoDBOptions()
        options.retry.transientDelay = .milliseconds(1)
        options.retry.throttlingDelay = .milliseconds(1)
        change(&options)
        return DynamoDB(
            region: "eu-west-1", credentials: credentials, endpoint: server.endpoint,
            options: options, environment: AWSEnvironment(variables: [:]))
    }

    @Test(
        "what heals by itself is tried again under one name",
        arguments: [
            error("InternalServerError", 500), error("ThrottlingException"),
            error("ProvisionedThroughputExceededException"),
            ReplyServer.Reply(status: 503, body: "<html>"),
            ReplyServer.Reply(headers: ["x-amz-crc32": "1"], body: "{}"),
        ])
    func healing(failure: ReplyServer.Reply) async throws {
        let server = try ReplyServer([failure, failure, Self.listed])
        defer { server.stop() }
        #expect(try await client(server).listTables().names == ["t"])
        let requests = server.requests
        #expect(requests.count == 3)
        #expect(
            requests.map { $0.header("amz-sdk-request") }
                == ["attempt=1; max=4", "attempt=2; max=4", "attempt=3; max=4"])
        #expect(Set(requests.map { $0.header("amz-sdk-invocation-id") }).count == 1)
        let first = try #require(requests.first)
        #expect(first.header("X-Amz-Target") == "DynamoDB_20120810.ListTables")
        #expect(first.header("Content-Type") == "application/x-amz-json-1.0")
        #expect(first.body == "{}")
    }

    @Test("four attempts are all, one where it was asked for", arguments: [(4, 4), (1, 1)])
    func exhausted(attempts: Int, expected: Int) async throws {
        let server = try ReplyServer([Self.error("InternalServerError", 500)])
        defer { server.stop() }
        let dynamo = client(server) { $0.retry.maxAttempts = attempts }
        let error = await #expect(throws: DynamoDBError.self) { try await dynamo.listTables() }
        #expect(error?.code == .internalServerError)
        #expect(server.requests.count == expected)
    }

    @Test(
        "what does not heal is thrown at once",
        arguments: [
            "ValidationException", "ConditionalCheckFailedException", "AccessDeniedException",
            "ResourceNotFoundException", "SomethingNew",
        ])
    func lasting(name: String) async throws {
        let server = try ReplyServer([Self.error(name)])
        defer { server.stop() }
        let error = await #expect(throws: DynamoDBError.self) {
            try await client(server).listTables()
        }
        #expect(error?.code.rawValue == name)
        #expect(server.requests.count == 1)
    }

    @Test("an empty bucket ends retrying for all requests of a client")
    func bucket() async throws {
        let server = try ReplyServer([Self.error("InternalServerError", 500)])
        defer { server.stop() }
        let dynamo = client(server) { $0.retry.bucketCapacity = 28 }
        for _ in 0..<2 {
            await #expect(throws: DynamoDBError.self) { try await dynamo.listTables() }
        }
        #expect(server.requests.count == 4)
    }

    /// Gives another key each time it is asked.
    private final class Rotating: CredentialProvider {
        let count = Atomic(0)

        func credentials() async throws(CredentialError) -> Credentials {
            let number = count.add(1, ordering: .relaxed).newValue
            return Credentials(accessKeyID: "KEY\(number)", secretAccessKey: "s")
        }
    }

    @Test(
        "refused credentials are renewed once",
        arguments: ["ExpiredTokenException", "UnrecognizedClientException"])
    func renewed(name: String) async throws {
        let server = try ReplyServer([Self.error(name), Self.listed])
        defer { server.stop() }
        let provider = Rotating()
        let dynamo = client(server, { $0.retry.maxAttempts = 1 }, credentials: provider)
        #expect(try await dynamo.listTables().names == ["t"])
        let keys = server.requests.compactMap { $0.header("Authorization") }
        #expect(keys.count == 2)
        #expect(keys[0].contains("KEY1") && keys[1].contains("KEY2"))
        _ = try await dynamo.listTables()
        #expect(provider.count.load(ordering: .relaxed) == 2)
    }

    @Test("credentials that stay refused are asked for twice and no more")
    func refused() async throws {
        let server = try ReplyServer([Self.error("ExpiredTokenException")])
        defer { server.stop() }
        let dynamo = client(server, credentials: Rotating())
        let error = await #expect(throws: DynamoDBError.self) { try await dynamo.listTables() }
        #expect(error?.code == .expiredToken)
        #expect(server.requests.count == 2)
    }

    @Test("a clock that is wrong by minutes is put right once")
    func skew() async throws {
        var refused = Self.error("InvalidSignatureException")
        refused.headers["Date"] = "Sun, 06 Nov 2044 08:49:37 GMT"
        let server = try ReplyServer([refused, Self.listed])
        defer { server.stop() }
        #expect(try await client(server).listTables().names == ["t"])
        #expect(server.requests.last?.header("X-Amz-Date")?.hasPrefix("20441106T0849") == true)
    }

    @Test("no credentials, and no region, are said without a request")
    func nothingToSignWith() async throws {
        let server = try ReplyServer([Self.listed])
        defer { server.stop() }
        let dynamo = DynamoDB(
            region: "r", endpoint: server.endpoint,
            environment: AWSEnvironment(variables: ["AWS_EC2_METADATA_DISABLED": "true"]))
        let error = await #expect(throws: DynamoDBError.self) { try await dynamo.listTables() }
        #expect(error?.code == .credentials)
        #expect(error.map { "\($0)".contains("AWS_ACCESS_KEY_ID") } == true)
        let lost = DynamoDB(environment: AWSEnvironment(variables: [:]))
        let missing = await #expect(throws: DynamoDBError.self) { try await lost.listTables() }
        #expect(missing?.code == .configuration)
        #expect(missing.map { "\($0)".contains("AWS_REGION") } == true)
        #expect(server.requests.isEmpty)
    }

    @Test("a reply that is none of DynamoDB's is an error", arguments: ["", "[]", "{}", "{"])
    func malformed(body: String) async throws {
        let server = try ReplyServer([ReplyServer.Reply(body: body)])
        defer { server.stop() }
        let error = await #expect(throws: DynamoDBError.self) {
            try await client(server).listTables()
        }
        #expect(error?.code == .malformedReply)
    }

    @Test("a page may be empty although others follow")
    func emptyPages() async throws {
        let next = #""LastEvaluatedKey":{"pk":{"S":"a"}}"#
        let server = try ReplyServer([
            .init(body: #"{"Items":[],\#(next)}"#), .init(body: #"{"Items":[],\#(next)}"#),
            .init(body: #"{"Items":[{"pk":{"S":"x"}}],\#(next)}"#), .init(body: #"{"Items":[]}"#),
        ])
        defer { server.stop() }
        struct Row: Codable { var pk: String }
        var seen: [String] = []
        for try await row in client(server).table("t", of: Row.self).scan() { seen.append(row.pk) }
        #expect(seen == ["x"])
        #expect(server.requests.count == 4)
        #expect(server.requests[1].body.contains("ExclusiveStartKey"))
    }

    @Test("a writer of batches makes one attempt and says what it met")
    func batchWriter() async throws {
        let left = #"{"UnprocessedItems":{"t":[{"DeleteRequest":{"Key":{"a":{"S":"b"}}}}]}}"#
        let server = try ReplyServer([
            .init(body: left), .init(body: #"{"UnprocessedItems":{}}"#),
            Self.error("ThrottlingException"), .init(headers: ["x-amz-crc32": "7"], body: "{}"),
        ])
        defer { server.stop() }
        let dynamo = client(server)
        let loop = EventLoop(name: "test")
        try await loop.run { () async throws in
            let writer = dynamo.makeBatchWriter()
            let body = UnsafeMutableRawBufferPointer.allocate(byteCount: 2, alignment: 1)
            defer { body.deallocate() }
            body.copyBytes(from: "{}".utf8)
            let request = UnsafeRawBufferPointer(body)
            #expect(try await writer.send(request, timeout: .seconds(5)) == false)
            #expect(writer.reply == Array(left.utf8))
            #expect(try await writer.send(request, timeout: .seconds(5)))
            for kind in [ErrorKind.throttled, .retriable] {
                let error = await #expect(throws: DynamoDBError.self) {
                    try await writer.send(request, timeout: .seconds(5))
                }
                #expect(error?.kind == kind)
            }
        }
        await loop.stop()
        #expect(server.requests.count == 4)
    }
}

/// Settings out of the environment, and adaptive mode.
extension RetryTests {
    private static func client(
        _ server: ReplyServer, _ variables: [String: String]
    ) -> DynamoDB {
        var options = DynamoDBOptions()
        options.retry.transientDelay = .milliseconds(1)
        options.retry.throttlingDelay = .milliseconds(1)
        return DynamoDB(
            region: "eu-west-1", credentials: Credentials(accessKeyID: "A", secretAccessKey: "s"),
            endpoint: server.endpoint, options: options,
            environment: AWSEnvironment(variables: variables))
    }

    @Test("AWS_MAX_ATTEMPTS is obeyed, and said to the service")
    func attemptsOfTheEnvironment() async throws {
        let server = try ReplyServer([
            .init(status: 500, body: #"{"__type":"x#InternalServerError"}"#)
        ])
        defer { server.stop() }
        let dynamo = Self.client(server, ["AWS_MAX_ATTEMPTS": "2"])
        await #expect(throws: DynamoDBError.self) { try await dynamo.listTables() }
        #expect(
            server.requests.map { $0.header("amz-sdk-request") }
                == ["attempt=1; max=2", "attempt=2; max=2"])
    }

    @Test("a wrong setting is said before anything is sent")
    func wrongSetting() async throws {
        let server = try ReplyServer([.init()])
        defer { server.stop() }
        let dynamo = Self.client(server, ["AWS_RETRY_MODE": "sometimes"])
        let error = await #expect(throws: DynamoDBError.self) { try await dynamo.listTables() }
        #expect(error?.code == .configuration)
        #expect(error?.description.contains("AWS_RETRY_MODE") == true)
        #expect(server.requests.isEmpty)
    }

    @Test("in adaptive mode requests wait for their turn once the service throttles")
    func adaptive() async throws {
        let server = try ReplyServer([
            .init(status: 400, body: #"{"__type":"x#ThrottlingException"}"#),
            .init(body: #"{"TableNames":[]}"#),
        ])
        defer { server.stop() }
        let start = ContinuousClock.now
        let dynamo = Self.client(server, ["AWS_RETRY_MODE": "adaptive"])
        _ = try await dynamo.listTables()
        // Half a request a second where the first answer came at once. One that took half a second
        // counts as 1.6 a second, of which 0.7 parts are let through: 0.5 s + 1 s / 1.12.
        #expect(ContinuousClock.now - start > .seconds(1.3))
        #expect(server.requests.count == 2)
    }
}
