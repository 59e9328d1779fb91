import Penstock
import PenstockIO
import PenstockKafka
import Testing

/// The broker's side of a scenario: topics, records, and what groups have committed.
///
/// `@unchecked Sendable`: its clients are touched on `loop` only.
final class Kafka: @unchecked Sendable {
    /// A record to send.
    struct Message: Sendable {
        var partition: Int32 = 0
        var key: String?
        var value: [UInt8]?

        init(_ value: String?, key: String? = nil, partition: Int32 = 0) {
            self.init(bytes: value.map { Array($0.utf8) }, key: key, partition: partition)
        }

        init(bytes: [UInt8]?, key: String? = nil, partition: Int32 = 0) {
            (value, self.key, self.partition) = (bytes, key, partition)
        }
    }

    let bootstrap: String
    private let loop = EventLoop(name: "test-kafka")
    private let blocking = BlockingThread(name: "test-block")
    private var admin: KafkaAdmin?
    private var producer: KafkaProducer?
    private var groups: [String: KafkaConsumer] = [:]
    private var failures: [DeliveryReport] = []

    private init(_ bootstrap: String) { self.bootstrap = bootstrap }

    /// Runs `body` with a broker's clients and ends them.
    static func run<Result>(
        _ bootstrap: String, _ body: (Kafka) async throws -> Result
    ) async throws -> Result {
        let kafka = Kafka(bootstrap)
        do {
            let result = try await body(kafka)
            await kafka.end()
            return result
        } catch {
            await kafka.end()
            throw error
        }
    }

    /// Creates a topic.
    func create(_ topic: String, partitions: Int = 1) async throws {
        try await loop.run {
            let admin =
                try self.admin
                ?? KafkaAdmin(
                    settings: self.settings(.admin), loop: self.loop, blocking: self.blocking,
                    log: .disabled)
            self.admin = admin
            let errors = try await admin.createTopics([
                TopicSpecification(name: topic, partitionCount: partitions, replicationFactor: 1)
            ])
            if let error = errors[topic] { throw error }
        }
    }

    /// Writes records in their order, and returns when all have arrived.
    func send(_ messages: [Message], to topic: String) async throws {
        try await loop.run {
            let producer =
                try self.producer
                ?? KafkaProducer(
                    settings: self.settings(.producer), loop: self.loop, blocking: self.blocking,
                    log: .disabled
                ) { reports in self.failures += reports.filter { $0.error != nil } }
            self.producer = producer
            for message in messages {
                while try !self.produce(message, producer, topic) {
                    await producer.waitForReports(atMost: .seconds(1))
                }
            }
            #expect(await producer.flush(timeout: .seconds(60)))
            #expect(self.failures.isEmpty, "records did not arrive")
        }
    }

    /// The committed positions of a connector's group, by partition; 0 where there is none.
    func committed(by connector: String, _ topic: String, partitions: Int) async throws -> [Int64] {
        try await loop.run {
            let group =
                try self.groups[connector]
                ?? KafkaConsumer(
                    settings: self.settings(.consumer, connector), partitions: PartitionTable(),
                    loop: self.loop, blocking: self.blocking, log: .disabled)
            self.groups[connector] = group
            let all = (0..<Int32(partitions)).map { TopicPartition(topic: topic, partition: $0) }
            let positions = try await group.committed(all)
            return all.map { positions[$0] ?? 0 }
        }
    }

    private func produce(
        _ message: Message, _ producer: KafkaProducer, _ topic: String
    ) throws -> Bool {
        let key = message.key.map { Array($0.utf8) }
        let result = key.withOptionalBytes { key in
            message.value.withOptionalBytes { value in
                producer.produce(
                    OutgoingRecord(key: key, value: value), to: topic,
                    partition: message.partition, identifier: 0)
            }
        }
        switch result {
        case .queued: return true
        case .queueFull: return false
        case .failed(let error): throw error
        }
    }

    private func settings(_ kind: ClientKind, _ connector: String = "test") -> TranslatedSettings {
        ClientSettingSource(connector: connector, worker: ["bootstrap.servers": bootstrap])
            .translated(for: kind)
    }

    private func end() async {
        await loop.run {
            for group in self.groups.values { await group.close() }
            await self.producer?.close()
            await self.admin?.close()
            (self.groups, self.producer, self.admin) = ([:], nil, nil)
        }
        await blocking.stop()
        await loop.stop()
    }
}

extension [UInt8]? {
    fileprivate func withOptionalBytes<Result>(
        _ body: (UnsafeRawBufferPointer?) -> Result
    ) -> Result {
        guard let self else { return body(nil) }
        return self.withUnsafeBytes { body($0) }
    }
}
