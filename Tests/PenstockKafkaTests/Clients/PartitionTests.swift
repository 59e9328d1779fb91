import Foundation
import Penstock
import PenstockIO
import Testing

@testable import PenstockKafka

/// Where records go: the placement that Kafka's own producer printed, and ours.
struct PartitionTests {
    /// The partitions of ``keys``, by the topic's number of partitions.
    private static func expected(partitions: Int) throws -> [Int32] {
        let url = Bundle.module.url(
            forResource: "Cases/Partitions/partitions", withExtension: "txt")
        let lines = try String(contentsOf: #require(url), encoding: .utf8).split(separator: "\n")
        let line = lines.first { $0.hasPrefix("\(partitions) ") }
        return try #require(line).split(separator: " ")[1].utf8.map { letter in
            Int32(letter < 0x61 ? letter - 0x41 : letter - 0x61 + 26)
        }
    }

    /// Brokers with numbers of partitions; each of the mock's takes 5 MB.
    private static let topics: [(Broker, Int)] = Broker.all.flatMap { broker in
        (broker == .mock ? [7] : [7, 50]).map { (broker, $0) }
    }

    @Test(.timeLimit(.minutes(2)), arguments: topics)
    func `A key lands where Java's producer puts it`(
        broker: Broker, partitions: Int
    ) async throws {
        var generator = KeyGenerator()
        let keys = (0..<10_000).map { generator.key($0) }
        #expect(keys.count { $0.isEmpty } > 100)
        #expect(keys.contains { $0.count > 15_000 })
        try await Bench.run(on: broker) { bench in
            let found = try await Self.place(keys, partitions, on: bench)
            let expected = try Self.expected(partitions: partitions)
            let wrong = keys.indices.filter { found[$0] != expected[$0] }
            #expect(wrong == [])
            #expect(Set(found).count == partitions)
        }
    }

    @Test(arguments: Broker.all)
    func `Records without a key are spread`(broker: Broker) async throws {
        try await Bench.run(on: broker) { bench in
            // In portions, since what is sent at one time may go to one partition together.
            let found = try await Self.place(
                [[UInt8]?](repeating: nil, count: 400), 4, portion: 4, on: bench)
            for partition in 0..<Int32(4) {
                #expect(found.count { $0 == partition } > 20, "\(partition)")
            }
        }
    }

    /// Sends a record of each key; the partitions that the reports tell.
    private static func place(
        _ keys: [[UInt8]?], _ partitions: Int, portion: Int = 500, on bench: Bench
    ) async throws -> [Int32] {
        try await bench.createTopic(bench.name, partitions: partitions)
        var found = [Int32](repeating: -1, count: keys.count)
        let producer = try bench.producer(["linger.ms": "0"]) { reports in
            for report in reports {
                #expect(report.error == nil)
                found[report.identifier] = report.partition
            }
        }
        for start in stride(from: 0, to: keys.count, by: portion) {
            for number in start..<min(start + portion, keys.count) {
                let result = send(keys[number], number, producer, bench.name)
                #expect(result == .queued)
            }
            #expect(await producer.flush(timeout: .seconds(30)))
        }
        await producer.close()
        return found
    }

    private static func send(
        _ key: [UInt8]?, _ number: Int, _ producer: KafkaProducer, _ topic: String
    ) -> ProduceResult {
        func produce(_ key: UnsafeRawBufferPointer?) -> ProduceResult {
            producer.produce(
                OutgoingRecord(key: key, value: nil), to: topic, partition: nil, identifier: number)
        }
        return key?.withUnsafeBytes { produce($0) } ?? produce(nil)
    }
}

/// The keys of `Cases/Partitions`, made as `Partitions.java` makes them.
private struct KeyGenerator {
    private static let words = ["Grüße", "Ωmega", "東京", "ключ", "🚰", "é", "key", "-"]
    private var state: UInt64 = 42

    /// SplitMix64.
    private mutating func next(_ bound: UInt64) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % bound)
    }

    mutating func key(_ number: Int) -> [UInt8] {
        switch next(4) {
        case 0: return Array("key-\(number)".utf8)
        case 1:
            let count = next(6)
            return (0..<count).flatMap { _ in Array(Self.words[next(8)].utf8) }
        case let kind:
            let count = kind == 2 ? next(16) : number % 50 == 0 ? next(20_000) : next(300)
            return (0..<count).map { _ in UInt8(next(256)) }
        }
    }
}
