import Glibc
import PenstockDynamoDB
import PenstockTesting
import Synchronization

/// A broker, a scripted DynamoDB and the command `penstock` between them.
final class SinkScenario: Sendable {
    let kafka: Kafka
    let server: ScriptedDynamoDB
    /// Names the topic, the table and the connector; different in every scenario of every run.
    let name = "it-\(UInt32.random(in: 0...UInt32.max))"
    let folder: TemporaryFolder
    private let processes = Mutex<[ChildProcess]>([])

    private init(_ kafka: Kafka, _ server: ScriptedDynamoDB) throws {
        (self.kafka, self.server) = (kafka, server)
        folder = try TemporaryFolder()
    }

    /// Runs `body` and ends everything that it started.
    static func run(
        bootstrap: String = Servers.kafkaBootstrap ?? "", creatingCalls: Int = 0,
        latency: Duration = .zero, keepsLog: Bool = true, script: [FaultRule] = [],
        _ body: (SinkScenario) async throws -> Void
    ) async throws {
        try await Kafka.run(bootstrap) { kafka in
            try await ScriptedDynamoDB.run(
                creatingCalls: creatingCalls, latency: latency, keepsLog: keepsLog, script: script
            ) { server in
                let scenario = try SinkScenario(kafka, server)
                // A process dies before its servers do, however `body` ends.
                defer { scenario.processes.withLock { $0 = [] } }
                try await body(scenario)
            }
        }
    }

    /// What every scenario's file says; groups notice a dead member soon.
    var properties: [String: String] {
        [
            "name": name,
            "connector.class": "io.confluent.connect.aws.dynamodb.DynamoDbSinkConnector",
            "topics": name,
            "bootstrap.servers": kafka.bootstrap,
            "offset.flush.interval.ms": "200",
            "key.converter": "org.apache.kafka.connect.storage.StringConverter",
            "value.converter": "org.apache.kafka.connect.json.JsonConverter",
            "value.converter.schemas.enable": "false",
            "consumer.override.session.timeout.ms": "6000",
            "consumer.override.heartbeat.interval.ms": "500",
            "consumer.override.fetch.max.wait.ms": "50",
            "aws.dynamodb.region": "us-east-1",
            "aws.dynamodb.endpoint": server.endpoint,
            "aws.access.key.id": "123456789012",
            "aws.secret.access.key": "secret",
            "aws.dynamodb.pk.hash": "value.k",
            "aws.dynamodb.pk.sort": "",
        ]
    }

    /// Starts `penstock run` with the scenario's properties and changes to them; nil takes
    /// a property out.
    func start(
        _ changes: [String: String?] = [:], environment: [String: String] = [:],
        verb: String = "run"
    ) throws -> ChildProcess {
        var properties = properties
        for (name, value) in changes { properties[name] = value }
        return try start([properties.fileText], environment: environment, call: [verb])
    }

    /// Starts the command with files of these texts.
    func start(
        _ files: [String], environment: [String: String] = [:], call: [String] = ["run"]
    ) throws -> ChildProcess {
        try processes.withLock { processes in
            let name = "penstock-\(processes.count)"
            let paths = try files.enumerated().map {
                try folder.write($1, to: "\(name)-\($0).properties")
            }
            var variables = basicEnvironment.merging(environment) { $1 }
            variables["HOME"] = folder.path
            let process = try ChildProcess(
                Self.executable, call + paths, environment: variables, folder: folder, name: name)
            processes.append(process)
            return process
        }
    }

    /// Creates the scenario's topic and writes records to it.
    func fill(_ messages: [Kafka.Message], partitions: Int = 1) async throws {
        try await kafka.create(name, partitions: partitions)
        try await kafka.send(messages, to: name)
    }

    /// What the scenario's group has committed of its topic.
    func committed(partitions: Int = 1) async throws -> [Int64] {
        try await kafka.committed(by: name, name, partitions: partitions)
    }

    /// The scenario's table.
    var table: TableHandle { server.table(name) }

    /// The command lies beside the tests' own executable.
    private static let executable: String = {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        let own = String(
            decoding: path.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return own.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/") + "/penstock"
    }()
}

extension [String: String] {
    /// The properties as a file has them.
    var fileText: String { map { "\($0.key)=\($0.value)\n" }.sorted().joined() }
}
