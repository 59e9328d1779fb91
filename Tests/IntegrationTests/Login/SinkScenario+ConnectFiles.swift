import Penstock
import PenstockDynamoDBSink
import PenstockKafka
import PenstockRuntime
import PenstockTesting

extension SinkScenario {
    /// The files of a Kafka Connect installation: the worker's, where everything about Kafka is, and
    /// the connector's, as the quick start of Confluent's sink has it.
    ///
    /// - Parameters:
    ///   - access: How to reach Kafka, by Java's names.
    ///   - address: The brokers.
    /// - Returns: The texts of the worker's and the connector's file.
    func connectFiles(_ access: [String: String], address: String) -> [String] {
        var worker = [
            "bootstrap.servers": address,
            "group.id": "connect-cluster",
            "key.converter": "org.apache.kafka.connect.storage.StringConverter",
            "value.converter": "org.apache.kafka.connect.json.JsonConverter",
            "value.converter.schemas.enable": "false",
            "config.storage.topic": "connect-configs",
            "offset.storage.topic": "connect-offsets",
            "status.storage.topic": "connect-status",
            "offset.flush.interval.ms": "200",
            "plugin.path": "/usr/share/java",
            "consumer.session.timeout.ms": "6000",
            "consumer.heartbeat.interval.ms": "500",
            "consumer.fetch.max.wait.ms": "50",
            "consumer.metadata.max.age.ms": "1000",
        ]
        for (name, value) in access {
            // In Connect the worker's own settings are not the consumers', so that files say all twice.
            worker[name] = value
            worker["consumer." + name] = value
        }
        return [worker.fileText, connectorFile]
    }

    private var connectorFile: String {
        [
            "name": name,
            "connector.class": "io.confluent.connect.aws.dynamodb.DynamoDbSinkConnector",
            "tasks.max": "1",
            "topics": name,
            "aws.dynamodb.region": "us-east-1",
            "aws.dynamodb.endpoint": server.endpoint,
            "aws.access.key.id": "123456789012",
            "aws.secret.access.key": "secret",
        ].fileText
    }

    /// A runner of these files in this process.
    func runner(
        _ files: [String], tokens: (any TokenProvider)? = nil, log: Log = .disabled
    ) throws -> ConnectorRunner {
        let paths = try files.enumerated().map { try folder.write($1, to: "file-\($0).properties") }
        return try ConnectorRunner(
            try ConnectorConfiguration(propertiesFiles: paths), connectors: [DynamoDBSink.self],
            tokens: tokens, log: log)
    }
}
