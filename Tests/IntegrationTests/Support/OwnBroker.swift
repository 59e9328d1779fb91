import Glibc
import Testing

/// An Apache Kafka that a test may stop and start as it likes; it ends with its owner.
final class OwnBroker {
    let bootstrap: String
    private let home: String
    private let folder: TemporaryFolder
    private let configuration: String
    private var process: ChildProcess?
    private var starts = 0

    /// Prepares the broker of `KAFKA_HOME`, without starting it.
    init() async throws {
        home = try #require(Servers.kafkaHome)
        folder = try TemporaryFolder()
        let (port, controller) = (try FreePort.find(), try FreePort.find())
        bootstrap = "127.0.0.1:\(port)"
        configuration = try folder.write(
            """
            node.id=1
            process.roles=broker,controller
            controller.quorum.voters=1@127.0.0.1:\(controller)
            controller.listener.names=CONTROLLER
            listeners=PLAINTEXT://\(bootstrap),CONTROLLER://127.0.0.1:\(controller)
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            log.dirs=\(folder.path)/data
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=4
            group.initial.rebalance.delay.ms=0
            broker.heartbeat.interval.ms=500
            broker.session.timeout.ms=2000
            """, to: "server.properties")
        let format = try run(
            "kafka-storage.sh",
            ["format", "--cluster-id", "PenstockTestCluster00B", "--config", configuration])
        let end = try await format.end(atMost: .seconds(60))
        #expect(end == .exit(0), "\(format.errors)")
    }

    /// Starts it; returns at once.
    func start() throws { process = try run("kafka-server-start.sh", [configuration]) }

    /// Kills it.
    func kill() async throws { try await process?.kill() }

    private func run(_ script: String, _ arguments: [String]) throws -> ChildProcess {
        starts += 1
        var environment = basicEnvironment
        environment["KAFKA_HEAP_OPTS"] = "-Xmx256m"
        environment["LOG_DIR"] = folder.path + "/logs"
        return try ChildProcess(
            "\(home)/bin/\(script)", arguments, environment: environment, folder: folder,
            name: "kafka-\(starts)")
    }
}
