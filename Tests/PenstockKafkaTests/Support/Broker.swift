import Glibc
import Penstock
import PenstockIO
import Testing

@testable import PenstockKafka

/// The brokers that a scenario runs against.
enum Broker: String, Sendable, CaseIterable, CustomTestStringConvertible {
    /// librdkafka's stand-in.
    case mock
    /// The one that `PENSTOCK_KAFKA_BOOTSTRAP` names.
    case real

    static var realBootstrap: String? {
        getenv("PENSTOCK_KAFKA_BOOTSTRAP").map { String(cString: $0) }
    }

    static let all: [Broker] = realBootstrap == nil ? [.mock] : [.mock, .real]

    static let realIsMissing: Comment =
        "PENSTOCK_KAFKA_BOOTSTRAP names no Kafka broker to test against"

    var testDescription: String { rawValue }
}

/// What a scenario works with: a broker, a loop, and names of its own.
///
/// `@unchecked Sendable`: used on its loop.
final class Bench: @unchecked Sendable {
    let bootstrap: String
    let loop: EventLoop
    let blocking: BlockingThread
    private let mock: MockCluster?
    /// Different in every scenario of every run.
    let name = "penstock-test-\(UInt32.random(in: 0...UInt32.max))"

    private init(bootstrap: String, mock: MockCluster?) {
        self.bootstrap = bootstrap
        self.mock = mock
        loop = EventLoop(name: "kafka-test")
        blocking = BlockingThread(name: "kafka-block")
    }

    /// Runs a scenario on a loop of its own, and ends everything it began.
    static func run(
        on broker: Broker, _ body: @Sendable (Bench) async throws -> Void
    ) async throws {
        let mock = broker == .mock ? try MockCluster() : nil
        let bench = Bench(bootstrap: mock?.bootstrap ?? Broker.realBootstrap ?? "", mock: mock)
        let result: Result<Void, any Error>
        do { result = .success(try await bench.loop.run { try await body(bench) }) } catch {
            result = .failure(error)
        }
        await bench.loop.stop()
        await bench.blocking.stop()
        mock?.stop()
        try result.get()
    }

    var cluster: MockCluster? { mock }

    func createTopic(_ topic: String, partitions: Int) async throws {
        if let mock { return mock.createTopic(topic, partitions: Int32(partitions)) }
        let admin = try KafkaAdmin(
            settings: settings(.admin), loop: loop, blocking: blocking, log: .disabled)
        let errors = try await admin.createTopics([
            TopicSpecification(name: topic, partitionCount: partitions, replicationFactor: 1)
        ])
        #expect(errors == [:])
        await admin.close()
    }

    func settings(
        _ kind: ClientKind, _ more: [String: String] = [:]
    ) -> TranslatedSettings {
        let overrides = more.map { (kind.overridePrefix + $0.key, $0.value) }
        let result = ClientSettingSource(
            connector: name, worker: ["bootstrap.servers": bootstrap],
            connectorSettings: Dictionary(uniqueKeysWithValues: overrides)
        ).translated(for: kind)
        #expect(!result.isRefused)
        return result
    }

    /// Settings that make a group's tests quick.
    static let quickGroup = [
        "session.timeout.ms": "6000", "heartbeat.interval.ms": "500", "fetch.max.wait.ms": "50",
        // A topic made a moment ago may be unknown to the broker at the first look.
        "metadata.max.age.ms": "500",
    ]

    func member(_ more: [String: String] = [:]) throws -> Member {
        let settings = settings(.consumer, Self.quickGroup.merging(more) { $1 })
        return try Member(bench: self, settings: settings)
    }

    func producer(
        _ more: [String: String] = [:], onReports: @escaping ([DeliveryReport]) -> Void = { _ in },
        onFailure: @escaping (KafkaError) -> Void = { _ in }
    ) throws -> KafkaProducer {
        try KafkaProducer(
            settings: settings(.producer, more), loop: loop, blocking: blocking, log: .disabled,
            onReports: onReports, onFailure: onFailure)
    }

    /// Produces values in order, without keys, and waits for their delivery.
    func fill(_ topic: String, partition: Int32? = 0, _ values: some Sequence<String>) async throws
    {
        let producer = try producer()
        for value in values {
            let bytes = Array(value.utf8)
            let result = bytes.withUnsafeBytes {
                producer.produce(
                    OutgoingRecord(key: nil, value: $0), to: topic, partition: partition,
                    identifier: 0)
            }
            #expect(result == .queued)
        }
        #expect(await producer.flush(timeout: .seconds(20)))
        await producer.close()
    }

    /// Lets members poll and answer until a condition holds; false when the time is over first.
    func drive(
        _ members: [Member], atMost limit: Duration = .seconds(30), until condition: () -> Bool
    ) async throws -> Bool {
        let clock = ContinuousClock()
        let deadline = clock.now + limit
        while !condition() {
            guard clock.now < deadline else { return false }
            for member in members { try member.step() }
            try await loop.sleep(for: .milliseconds(5))
        }
        return true
    }
}
