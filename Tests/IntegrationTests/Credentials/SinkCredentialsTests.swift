import Penstock
import PenstockAWS
import PenstockDynamoDB
import PenstockDynamoDBSink
import PenstockRuntime
import Testing

/// The sink under credentials that a server checks.
@Suite(.timeLimit(.minutes(2))) struct SinkCredentialsTests {
    private static let records = (0..<9).map { Kafka.Message(#"{"k":"key-\#($0)"}"#) }

    /// Runs a sink over nine records of a topic until `body` is done, or without one until the sink
    /// ends by itself; returns what it threw.
    private func run(
        _ credentials: any CredentialProvider, endpoint: String?,
        _ body: (@Sendable (_ table: String, _ kafka: Kafka) async throws -> Void)? = nil
    ) async throws -> (failure: (any Error)?, log: LogRecorder) {
        let log = LogRecorder()
        let failure: (any Error)? = try await Kafka.run(try #require(Servers.kafkaBootstrap)) {
            kafka in
            let name = "it-\(UInt32.random(in: 0...UInt32.max))"
            try await kafka.create(name)
            try await kafka.send(Self.records, to: name)
            let runner = ConnectorRunner(
                name: name,
                connector: DynamoDBSink(
                    hashKey: .value("k"), region: "us-east-1", endpoint: endpoint,
                    credentials: credentials),
                topics: [name],
                kafka: [
                    "bootstrap.servers": kafka.bootstrap, "session.timeout.ms": "6000",
                    "heartbeat.interval.ms": "500", "fetch.max.wait.ms": "50",
                ],
                options: Self.options, log: Log(log))
            do {
                guard let body else {
                    try await runner.run()
                    return nil
                }
                try await runner.run { try await body(name, kafka) }
                return nil
            } catch { return error }
        }
        return (failure, log)
    }

    private static var options: ConnectorOptions {
        var options = ConnectorOptions()
        options.valueConverter.className = "org.apache.kafka.connect.json.JsonConverter"
        options.valueConverter.settings = ["schemas.enable": "false"]
        return options
    }

    /// The nine records arrive.
    private func expectArrival(of credentials: any CredentialProvider) async throws {
        let server = try CheckingServer()
        let (failure, log) = try await run(credentials, endpoint: server.endpoint) { table, _ in
            let hasAll = try await eventually { try await server.count(table) == 9 }
            #expect(hasAll)
        }
        #expect(failure == nil, "\(String(describing: failure))")
        #expect(!log.lines.contains { $0.level == .error })
    }

    /// The sink ends by itself, naming the code.
    private func expectEnd(of credentials: any CredentialProvider, _ part: String) async throws {
        let server = try CheckingServer()
        let (failure, log) = try await run(credentials, endpoint: server.endpoint)
        let text = failure.map { "\($0)" } ?? ""
        #expect(text.contains(part), "\(text)")
        #expect(!(text + "\(log.lines)").contains("canary"))
    }

    // MARK: A server that checks signatures

    @Test(.needsKafka, .needsDynamoDBAuth)
    func `a user's access key`() async throws {
        try await expectArrival(of: try await CheckingServer().makeUser())
    }

    @Test(.needsKafka, .needsDynamoDBAuth)
    func `a role that a user takes on`() async throws {
        let server = try CheckingServer()
        try await expectArrival(
            of: AssumeRole(
                arn: try await server.makeRole(), credentials: try await server.makeUser(),
                environment: server.environment))
    }

    @Test(.needsKafka, .needsDynamoDBAuth)
    func `a clock that is wrong by 20 minutes`() async throws {
        let user = try await CheckingServer().makeUser()
        for minutes: Int64 in [-20, 20] {
            let clock = ServiceClock(system: {
                Timestamp(milliseconds: SystemClock.now().milliseconds + minutes * 60_000)
            })
            try await expectArrival(of: CredentialCache(user, clock: clock))
        }
    }

    @Test(.needsKafka, .needsDynamoDBAuth)
    func `a role on a machine whose clock is ahead by more than the role's credentials live`()
        async throws
    {
        let server = try CheckingServer()
        var context = AWSContext(environment: server.environment)
        context.clock = ServiceClock(system: {
            Timestamp(milliseconds: SystemClock.now().milliseconds + 2 * 3_600_000)
        })
        try await expectArrival(
            of: AssumeRole(
                arn: try await server.makeRole(), credentials: try await server.makeUser(),
                context: context))
    }

    @Test(.needsKafka, .needsDynamoDBAuth)
    func `a wrong secret ends it`() async throws {
        let user = try await CheckingServer().makeUser()
        try await expectEnd(
            of: Credentials(accessKeyID: user.accessKeyID, secretAccessKey: "canary"),
            "InvalidSignatureException")
    }

    @Test(.needsKafka, .needsDynamoDBAuth)
    func `a missing session token ends it`() async throws {
        let server = try CheckingServer()
        let role = try await AssumeRole(
            arn: try await server.makeRole(), credentials: try await server.makeUser(),
            environment: server.environment
        ).credentials()
        try await expectEnd(
            of: Credentials(
                accessKeyID: role.accessKeyID, secretAccessKey: role.secretAccessKey),
            "UnrecognizedClientException")
    }

    /// Gives credentials that end after a second without saying so, as a stale file does.
    private actor Forgetful: CredentialProvider {
        let role: AssumeRole
        private(set) var count = 0

        init(_ role: AssumeRole) { self.role = role }

        func credentials() async throws(CredentialError) -> Credentials {
            count += 1
            let full = try await role.credentials()
            return Credentials(
                accessKeyID: full.accessKeyID, secretAccessKey: full.secretAccessKey,
                sessionToken: full.sessionToken)
        }
    }

    @Test(.needsKafka, .needsDynamoDBAuth)
    func `credentials that end without a word are renewed when they are refused`() async throws {
        let server = try CheckingServer()
        let provider = Forgetful(
            AssumeRole(
                arn: try await server.makeRole(), duration: .seconds(2),
                credentials: try await server.makeUser(), environment: server.environment))
        let (failure, _) = try await run(provider, endpoint: server.endpoint) { table, kafka in
            let hasAll = try await eventually { try await server.count(table) == 9 }
            #expect(hasAll)
            // Longer than the credentials live.
            try await Task.sleep(for: .seconds(3))
            try await kafka.send([Kafka.Message(#"{"k":"late"}"#)], to: table)
            let hasMore = try await eventually { try await server.count(table) == 10 }
            #expect(hasMore)
        }
        #expect(failure == nil, "\(String(describing: failure))")
        #expect(await provider.count >= 2)
    }

    // MARK: Metadata

    @Test(.needsKafka, .needsDynamoDB, arguments: ["instance", "container"])
    func `credentials of a metadata service`(kind: String) async throws {
        let endpoint = try #require(Servers.dynamoDBEndpoint)
        let environment = AWSEnvironment(variables: [
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": endpoint,
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": endpoint + "/v2/credentials/x",
        ])
        let provider: any CredentialProvider =
            kind == "instance"
            ? InstanceMetadataCredentials(environment: environment)
            : ContainerCredentials(environment: environment)
        let cache = CredentialCache(provider)
        let (failure, _) = try await run(cache, endpoint: endpoint) { table, _ in
            let dynamo = DynamoDB(region: "us-east-1", credentials: cache, endpoint: endpoint)
            let hasAll = try await eventually { try await dynamo.count(of: table) == 9 }
            #expect(hasAll)
        }
        #expect(failure == nil, "\(String(describing: failure))")
    }
}
