import Foundation
import Penstock
import PenstockDynamoDBSink
import PenstockKafka
import Testing

@testable import PenstockRuntime

/// Files of Connect's workers as they come: each property acts, or one line names it.
@Suite struct WorkerFileTests {
    private static let connector = ConnectorConfigurationTests.quickStart.merging([
        "aws.dynamodb.region": "us-east-1", "consumer.override.client.rack": "a",
    ]) { old, _ in old }.filter { !$0.key.hasPrefix("confluent.") }

    private func configuration(_ file: String) throws -> ConnectorConfiguration {
        let url = try #require(
            Bundle.module.url(
                forResource: file, withExtension: "properties", subdirectory: "Cases/Workers"))
        let worker = try ConfigurationFile(path: url.path)
        #expect(!worker.isConnector && !worker.resemblesConnector)
        let connector = try ConfigurationFile(
            path: "sink.properties",
            bytes: Array(Self.connector.map { "\($0.key)=\($0.value)\n" }.joined().utf8))
        return try ConnectorConfiguration([worker, connector])
    }

    @Test(arguments: [
        (
            "connect-standalone",
            ["info Worker properties have no effect here properties=offset.storage.file.filename"]
        ),
        (
            "connect-standalone-1.0",
            [
                "info Worker properties have no effect here properties="
                    + "internal.key.converter,internal.key.converter.schemas.enable,"
                    + "internal.value.converter,internal.value.converter.schemas.enable,"
                    + "offset.storage.file.filename"
            ]
        ),
        (
            "connect-distributed",
            [
                "info Worker properties have no effect here properties="
                    + "config.storage.replication.factor,config.storage.topic,group.id,"
                    + "offset.storage.replication.factor,offset.storage.topic,"
                    + "status.storage.replication.factor,status.storage.topic"
            ]
        ),
    ])
    func `of Kafka's samples are accepted as they are`(file: String, lines: [String]) throws {
        let configuration = try configuration(file)
        let report = ConfigurationReport(configuration, connectors: [DynamoDBSink.self])
        #expect(report.faults == [])
        #expect(noticed(report) == lines)
        #expect(try options(configuration).worker.commitInterval == .seconds(10))
        let consumer = report.clients.first { $0.kind == .consumer }
        #expect(
            consumer?.settings.first { $0.name == "group.id" }?.value == "connect-dynamodb-sink")
    }

    @Test func `with every usual setting say in one line which have no effect`() throws {
        let configuration = try configuration("connect-distributed-full")
        let report = ConfigurationReport(configuration, connectors: [DynamoDBSink.self])
        #expect(report.faults == [])
        let lines = noticed(report).filter { !$0.hasPrefix("debug") }
        #expect(lines.count == 1 && lines[0].hasPrefix("info Worker properties have no effect"))
        let idle = lines[0].split(separator: "=").last?.split(separator: ",").map(String.init)
        let acting: Set = [
            "bootstrap.servers", "security.protocol", "ssl.endpoint.identification.algorithm",
            "offset.flush.interval.ms", "offset.flush.timeout.ms",
            "task.shutdown.graceful.timeout.ms", "connector.client.config.override.policy",
            "key.converter", "key.converter.schemas.enable", "value.converter",
            "value.converter.schemas.enable", "consumer.security.protocol",
            "consumer.max.poll.records", "producer.acks", "admin.request.timeout.ms",
        ]
        #expect(Set(idle ?? []).union(acting) == Set(configuration.workerProperties.keys))
        #expect(acting.isDisjoint(with: idle ?? []))
    }

    @Test func `name the override of a connector that stands in a worker's file`() {
        let configuration = ConnectorConfiguration(
            Self.connector,
            worker: ["bootstrap.servers": "h:1", "consumer.override.fetch.min.bytes": "1"])
        let lines = noticed(ConfigurationReport(configuration, connectors: [DynamoDBSink.self]))
        #expect(
            lines.contains(
                "warning Unknown property property=consumer.override.fetch.min.bytes"
                    + " nearest=consumer.fetch.min.bytes"))
    }

    @Test(arguments: [
        "None", "org.apache.kafka.connect.connector.policy.NoneConnectorClientConfigOverridePolicy",
        "NoneConnectorClientConfigOverridePolicy",
    ])
    func `name the policy of overrides by word or class`(policy: String) {
        let configuration = ConnectorConfiguration(
            Self.connector,
            worker: [
                "bootstrap.servers": "h:1", "connector.client.config.override.policy": policy,
            ])
        let faults = ConfigurationReport(configuration, connectors: [DynamoDBSink.self]).faults
        #expect(faults.map(\.property) == ["consumer.override.client.rack"])
        #expect(faults.first?.reason.contains("override.policy=None of the worker") == true)
    }

    @Test func `beside a connector's file without a name leave that one to blame`() throws {
        let worker = try ConfigurationFile(path: "w", bytes: Array("bootstrap.servers=h:1".utf8))
        let nameless = try ConfigurationFile(path: "c", bytes: Array("topics=t".utf8))
        #expect {
            try ConnectorConfiguration([worker, nameless])
        } throws: { "\($0)".hasPrefix("c holds neither name nor connector.class") }
    }

    @Test func `may be wrong about clients that the connector does not use`() {
        let configuration = ConnectorConfiguration(
            Self.connector,
            worker: [
                "bootstrap.servers": "h:1", "producer.acks": "5",
                "admin.queue.buffering.max.ms": "soon",
            ])
        let report = ConfigurationReport(configuration, connectors: [DynamoDBSink.self])
        #expect(report.faults == [])
        let warnings = noticed(report).filter { $0.hasPrefix("warning") }
        #expect(warnings.count == 2)
        #expect(warnings.allSatisfy { $0.contains("this connector has no such client") })
    }

    private func options(_ configuration: ConnectorConfiguration) throws -> FrameworkOptions {
        var reader = configuration.makeReader()
        return configuration.frameworkOptions(&reader)
    }

    private func noticed(_ report: ConfigurationReport) -> [String] {
        let recorder = LevelRecorder()
        report.writeNotices(to: Log(recorder))
        return recorder.lines
    }
}
