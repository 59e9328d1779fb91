import Penstock
import PenstockAWS
import PenstockIO
import Synchronization
import Testing

@testable import PenstockDynamoDB

@Suite("Where requests go", .timeLimit(.minutes(1)))
struct ConnectionTests {
    private func connection(
        _ variables: [String: String] = [:], endpoint: String? = nil
    ) throws -> Connection {
        try Connection(
            AWSSettings(AWSEnvironment(variables: variables)), region: "eu-west-1",
            endpoint: endpoint, http: nil)
    }

    private static let regional = "https://dynamodb.eu-west-1.amazonaws.com"
    private static let arn = "arn:aws:dynamodb:eu-west-1:222222222222:table/orders"

    @Test("one host for all accounts unless it is asked for otherwise") func regional() throws {
        let connection = try connection()
        for account in [nil, "111111111111"] {
            #expect(try connection.target(account: account).url == Self.regional)
            #expect(
                try connection.target(account: account, resource: Self.arn).url == Self.regional)
        }
    }

    @Test("a host of the account's own: of the table's ARN, else of the credentials")
    func accounts() throws {
        let connection = try connection(["AWS_ACCOUNT_ID_ENDPOINT_MODE": "preferred"])
        func host(_ account: String?, _ resource: String? = nil) throws -> String {
            try connection.target(account: account, resource: resource).url
        }
        for _ in 0..<2 {
            #expect(try host(nil) == Self.regional)
            #expect(try host(nil, "orders") == Self.regional)
            let first = "https://111111111111.ddb.eu-west-1.amazonaws.com"
            #expect(try host("111111111111", "orders") == first)
            let second = "https://222222222222.ddb.eu-west-1.amazonaws.com"
            #expect(try host("111111111111", Self.arn) == second)
            #expect(try host(nil, Self.arn) == second)
        }
        for account in 0..<200 {
            #expect(try host("\(account)") == "https://\(account).ddb.eu-west-1.amazonaws.com")
        }
        #expect(throws: AWSConfigurationError.self) { try host("a.b/") }
    }

    @Test("a request fails where a host of the account's own is required and there is none")
    func required() async throws {
        func failure(_ variables: [String: String], account: String?) async -> DynamoDBError? {
            var variables = variables
            variables["AWS_ACCOUNT_ID_ENDPOINT_MODE"] = "required"
            let dynamo = DynamoDB(
                region: "eu-west-1",
                credentials: Credentials(
                    accessKeyID: "A", secretAccessKey: "s", accountID: account),
                environment: AWSEnvironment(variables: variables))
            return await #expect(throws: DynamoDBError.self) { try await dynamo.listTables() }
        }
        let unknown = await failure([:], account: nil)
        #expect(unknown?.code == .configuration)
        #expect(unknown?.kind == .fatal)
        let code = (unknown?.cause as? AWSConfigurationError)?.code
        #expect(code == .conflictingEndpoint)
        let fips = await failure(["AWS_USE_FIPS_ENDPOINT": "true"], account: "111111111111")
        #expect(fips?.code == .configuration)
    }

    @Test("operations name the table that they are about") func resources() {
        #expect(PutItemInput(table: Self.arn, item: [:]).resource == Self.arn)
        #expect(GetItemInput(table: Self.arn, key: [:]).resource == Self.arn)
        #expect(DescribeTableInput(table: Self.arn).resource == Self.arn)
        #expect(BatchWriteItemInput([Self.arn: []]).resource == Self.arn)
        #expect(BatchGetItemInput([Self.arn: .init([])]).resource == Self.arn)
        #expect(ListTablesInput().resource == nil)
    }

    @Test("signing over plain HTTP to another machine is warned of once") func warning() async {
        struct Lines: LogHandler {
            final class Store: Sendable { let lines = Mutex<[String]>([]) }
            let store = Store()
            var level: LogLevel { .warning }
            func log(
                _: LogLevel, _ message: StaticString, _ data: [(key: String, value: String)]
            ) {
                let text = data.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
                store.lines.withLock { $0.append("\(message) \(text)") }
            }
        }
        for (endpoint, expected) in [
            ("http://table.invalid:8000", ["table.invalid"]), ("http://127.0.0.1:1", []),
            ("https://table.invalid", []),
        ] {
            let lines = Lines()
            var options = DynamoDBOptions()
            options.retry = .singleAttempt
            let dynamo = DynamoDB(
                region: "eu-west-1",
                credentials: Credentials(accessKeyID: "A", secretAccessKey: "s"),
                endpoint: endpoint, options: options, environment: AWSEnvironment(variables: [:]),
                log: Log(lines))
            for _ in 0..<2 { _ = try? await dynamo.listTables() }
            #expect(
                lines.store.lines.withLock { $0 }
                    == expected.map {
                        "Requests are signed and sent over plain HTTP hosts=\($0)"
                    })
        }
    }

    @Test("a redirect is not followed", arguments: [301, 302, 307, 308])
    func redirect(status: Int) async throws {
        let other = try ReplyServer([.init(body: #"{"TableNames":[]}"#)])
        defer { other.stop() }
        let server = try ReplyServer([
            .init(status: status, headers: ["Location": other.endpoint + "/"], body: "")
        ])
        defer { server.stop() }
        let dynamo = DynamoDB(
            region: "eu-west-1", credentials: Credentials(accessKeyID: "A", secretAccessKey: "s"),
            endpoint: server.endpoint, environment: AWSEnvironment(variables: [:]))
        let error = await #expect(throws: DynamoDBError.self) { try await dynamo.listTables() }
        #expect(error?.status == status)
        #expect(error?.kind == .fatal)
        #expect(server.requests.count == 1)
        #expect(other.requests.isEmpty)
    }
}
