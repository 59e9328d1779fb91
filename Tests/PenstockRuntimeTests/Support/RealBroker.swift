import Glibc
import Penstock
import PenstockIO
import PenstockKafka
import Testing

/// The Kafka that `PENSTOCK_KAFKA_BOOTSTRAP` names, for one scenario.
struct RealBroker: Sendable {
    let bootstrap: String
    /// Different in every scenario of every run.
    let name = "penstock-test-\(UInt32.random(in: 0...UInt32.max))"

    static var bootstrap: String? {
        getenv("PENSTOCK_KAFKA_BOOTSTRAP").map { String(cString: $0) }
    }

    static let isMissing: Comment =
        "PENSTOCK_KAFKA_BOOTSTRAP names no Kafka broker to test against"

    init() throws { bootstrap = try #require(Self.bootstrap) }

    /// Settings that make a group's tests quick.
    var kafka: [String: String] {
        [
            "bootstrap.servers": bootstrap, "session.timeout.ms": "6000",
            "heartbeat.interval.ms": "500", "fetch.max.wait.ms": "50",
        ]
    }

    /// Creates a topic and writes values to its partitions in turn.
    func fill(_ topic: String, partitions: Int, values: some Sequence<String> & Sendable)
        async throws
    {
        try await withClients { loop, blocking in
            let admin = try KafkaAdmin(
                settings: settings(.admin), loop: loop, blocking: blocking, log: .disabled)
            _ = try await admin.createTopics([
                TopicSpecification(name: topic, partitionCount: partitions, replicationFactor: 1)
            ])
            await admin.close()
            let producer = try KafkaProducer(
                settings: settings(.producer), loop: loop, blocking: blocking, log: .disabled,
                onReports: { _ in }, onFailure: { _ in })
            for (number, value) in values.enumerated() {
                let partition = Int32(number % partitions)
                while produce(value, producer, topic, partition) != .queued {
                    try await loop.sleep(for: .milliseconds(5))
                }
            }
            #expect(await producer.flush(timeout: .seconds(60)))
            await producer.close()
        }
    }

    /// The committed positions of a connector's group.
    func committed(_ connector: String, _ topic: String, partitions: Int) async throws -> [Int64] {
        try await withClients { loop, blocking in
            let consumer = try KafkaConsumer(
                settings: settings(.consumer, connector), partitions: PartitionTable(), loop: loop,
                blocking: blocking, log: .disabled)
            let all = (0..<Int32(partitions)).map { TopicPartition(topic: topic, partition: $0) }
            let positions = try await consumer.committed(all)
            await consumer.close()
            return all.map { positions[$0] ?? -1 }
        }
    }

    private func produce(
        _ value: String, _ producer: KafkaProducer, _ topic: String, _ partition: Int32
    ) -> ProduceResult {
        var value = value
        return value.withUTF8 {
            producer.produce(
                OutgoingRecord(key: nil, value: UnsafeRawBufferPointer($0)), to: topic,
                partition: partition, identifier: 0)
        }
    }

    private func settings(_ kind: ClientKind, _ connector: String? = nil) -> TranslatedSettings {
        ClientSettingSource(
            connector: connector ?? name, worker: ["bootstrap.servers": bootstrap]
        ).translated(for: kind)
    }

    private func withClients<T: Sendable>(
        _ body: @Sendable (EventLoop, BlockingThread) async throws -> T
    ) async throws -> T {
        let loop = EventLoop(name: "runtime-test")
        let blocking = BlockingThread(name: "runtime-block")
        let result: Result<T, any Error>
        do { result = .success(try await loop.run { try await body(loop, blocking) }) } catch {
            result = .failure(error)
        }
        await blocking.stop()
        await loop.stop()
        return try result.get()
    }
}
