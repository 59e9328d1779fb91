import Foundation
import Penstock
import PenstockKafka
import Testing

@testable import PenstockRuntime

@Suite struct ConnectorConfigurationTests {
    static let quickStart = [
        "name": "dynamodb-sink",
        "connector.class": "io.confluent.connect.aws.dynamodb.DynamoDbSinkConnector",
        "tasks.max": "1", "topics": "dynamodb_topic",
        "confluent.topic.bootstrap.servers": "localhost:9092",
        "confluent.topic.replication.factor": "1",
    ]

    @Test func `the licence topic's address serves where no file names another`() {
        let configuration = ConnectorConfiguration(Self.quickStart)
        #expect(configuration.effectiveWorkerProperties == ["bootstrap.servers": "localhost:9092"])
        var reader = configuration.makeReader()
        var framework = configuration.frameworkOptions(&reader)
        _ = reader.read(SinkOptions.self)
        let consumer = framework.translateSettings(of: .consumer, &reader)
        #expect(consumer.library["bootstrap.servers"] == "localhost:9092")
        #expect(reader.faults.isEmpty && reader.unknownProperties.isEmpty)
        #expect(
            lines(framework.notices) == [
                "Brokers are those of confluent.topic.bootstrap.servers; no file names others",
                "Licence properties are not needed properties="
                    + "confluent.topic.bootstrap.servers,confluent.topic.replication.factor",
                "No file names a converter; the defaults are used converters="
                    + "key.converter=org.apache.kafka.connect.storage.StringConverter, "
                    + "value.converter=org.apache.kafka.connect.json.JsonConverter "
                    + "schemas.enable=false",
            ])
    }

    @Test func `how to reach the licence topic comes with its address, and only with it`() {
        var properties = Self.quickStart
        properties["confluent.topic.sasl.mechanism"] = "PLAIN"
        var configuration = ConnectorConfiguration(properties)
        #expect(configuration.effectiveWorkerProperties["sasl.mechanism"] == "PLAIN")
        configuration = ConnectorConfiguration(
            properties, worker: ["bootstrap.servers": "kafka:1"])
        #expect(configuration.effectiveWorkerProperties == ["bootstrap.servers": "kafka:1"])
    }

    @Test func `one file may hold the worker's properties, and a worker's file wins`() {
        let connector = [
            "name": "a", "bootstrap.servers": "one:1", "offset.flush.interval.ms": "5",
            "ssl.truststore.location": "/ca",
        ]
        var configuration = ConnectorConfiguration(connector)
        #expect(configuration.effectiveWorkerProperties.count == 3)
        var reader = configuration.makeReader()
        #expect(configuration.frameworkOptions(&reader).worker.commitInterval == .milliseconds(5))
        #expect(reader.unknownProperties.isEmpty)
        configuration = ConnectorConfiguration(connector, worker: ["bootstrap.servers": "two:1"])
        #expect(configuration.effectiveWorkerProperties["bootstrap.servers"] == "two:1")
    }

    @Test func `a worker's converter is the default, with the connector's settings over it`() {
        let worker = [
            "key.converter": "JsonConverter", "key.converter.schemas.enable": "true",
            "value.converter": "JsonConverter", "value.converter.schemas.enable": "true",
        ]
        let configuration = ConnectorConfiguration(
            ["name": "a", "key.converter.schemas.enable": "false", "value.converter": "Json"],
            worker: worker)
        var reader = configuration.makeReader()
        let framework = configuration.frameworkOptions(&reader)
        #expect(framework.connector.keyConverter.className == "JsonConverter")
        #expect(framework.connector.keyConverter.settings == ["schemas.enable": "false"])
        #expect(framework.connector.valueConverter.className == "Json")
        #expect(framework.connector.valueConverter.settings.isEmpty)
        #expect(
            framework.connector.headerConverter.className?.hasSuffix("Simple" + "HeaderConverter")
                == true)
        #expect(framework.notices.defaultConverters.isEmpty)
    }

    @Test func `faults of both files and of the clients come together`() {
        let configuration = ConnectorConfiguration(
            [
                "connector.class": "x", "tasks.max": "none", "transforms": "a",
                "consumer.override.enable.auto.commit": "true", "topics": "t",
            ], worker: ["offset.flush.interval.ms": "soon"])
        var reader = configuration.makeReader()
        var framework = configuration.frameworkOptions(&reader)
        _ = framework.translateSettings(of: .consumer, &reader)
        _ = framework.translateSettings(of: .consumer, &reader)
        #expect(
            reader.faults.map(\.property) == [
                "name", "tasks.max", "offset.flush.interval.ms", "transforms",
                "bootstrap.servers", "consumer.override.enable.auto.commit",
            ])
    }

    @Test func `options made in Swift are checked and not read`() {
        var typed = ConnectorOptions()
        typed.name = "a"
        typed.consumerSettings = ["enable.auto.commit": "true"]
        let configuration = ConnectorConfiguration([:], worker: ["bootstrap.servers": "a:1"])
        var reader = configuration.makeReader()
        var framework = configuration.frameworkOptions(&reader, typed: typed)
        #expect(reader.faults.isEmpty)
        _ = framework.translateSettings(of: .consumer, &reader)
        #expect(reader.faults.map(\.property) == ["consumer.override.enable.auto.commit"])
        typed.maximumTasks = 0
        _ = configuration.frameworkOptions(&reader, typed: typed)
        #expect(reader.faults.last?.property == "tasks.max")
    }

    @Test func `every property of a Connect worker is known`() throws {
        let names = try #require(Self.workerProperties)
        #expect(names.count > 90)
        for name in names { #expect(WorkerPropertyUse(name) != .unknown, "\(name)") }
    }

    @Test(arguments: [
        ("consumer.max.poll.records", WorkerPropertyUse.effective), ("listeners", .withoutEffect),
        ("admin.listeners", .withoutEffect), ("admin.retries", .effective),
        ("confluent.license", .licence), ("confluent.topic.acks", .licence),
        ("group.id", .withoutEffect), ("offset.flush.interval", .unknown),
    ]) func `a worker's property has its use`(_ name: String, _ use: WorkerPropertyUse) {
        #expect(WorkerPropertyUse(name) == use)
    }

    @Test func `slips and idle properties of a worker are named`() {
        let configuration = ConnectorConfiguration(
            ["name": "a", "key.converter": "K", "value.converter": "V"],
            worker: [
                "bootstrap.servers": "a:1", "group.id": "g", "rest.port": "1",
                "offset.flush.intervall.ms": "1",
            ])
        #expect(
            lines(ConfigurationNotices(configuration)) == [
                "Worker properties have no effect here properties=group.id,rest.port",
                "Unknown property property=offset.flush.intervall.ms"
                    + " nearest=offset.flush.interval.ms",
            ])
    }

    @Test func `files are told apart by what they hold`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func file(_ name: String, _ text: String) throws -> String {
            let url = folder.appending(path: name)
            try Data(text.utf8).write(to: url)
            return url.path
        }
        let connector = try file("a.properties", "name=é\ntopics = t\n")
        let request = try file("b.json", #"{"name": "b", "config": {"topics": "t"}}"#)
        let worker = try file("w.properties", "bootstrap.servers=h:1\n")
        for paths in [[connector, worker], [worker, connector]] {
            let configuration = try ConnectorConfiguration(propertiesFiles: paths)
            #expect(configuration.properties == ["name": "é", "topics": "t"])
            #expect(configuration.workerProperties == ["bootstrap.servers": "h:1"])
        }
        let alone = try ConnectorConfiguration(propertiesFiles: [request])
        #expect(alone.properties == ["name": "b", "topics": "t"])
        let wrong: [([String], String)] = [
            ([], "file is missing"), ([worker], "holds neither name nor connector.class"),
            ([connector, request], "is a second connector's file"),
            ([connector, worker, worker], "is a second worker's file"),
            (["/nowhere/1", "/nowhere/2"], "/nowhere/2 does not exist"),
        ]
        for (paths, reason) in wrong {
            #expect {
                try ConnectorConfiguration(propertiesFiles: paths)
            } throws: { "\($0)".contains(reason) }
        }
    }

    @Test func `a description shows no value`() {
        let configuration = ConnectorConfiguration(["name": "a", "secret": "hunter2"])
        var shown = "\(configuration)"
        dump(configuration, to: &shown)
        #expect(!shown.contains("hunter2") && shown.contains("secret"))
    }

    /// The lines of notices, without time and level.
    private func lines(_ notices: ConfigurationNotices) -> [String] {
        let recorder = LevelRecorder()
        notices.write(to: Log(recorder), unknown: [])
        return recorder.lines.map {
            $0.split(separator: " ", maxSplits: 1).last.map(String.init) ?? ""
        }
    }

    private static var workerProperties: Set<String>? {
        let cases = GoldenCase.all("worker-definitions", kind: "configdef")
        return cases.isEmpty ? nil : Set(cases.compactMap { $0.fields["name"] as? String })
    }
}
