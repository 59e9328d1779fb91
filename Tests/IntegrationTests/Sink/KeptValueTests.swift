import Penstock
import PenstockRuntime
import Synchronization
import Testing

/// Values that live longer than the batch they came with.
@Suite struct KeptValueTests {
    /// Keeps of every record what no view into a batch may lose.
    private final class Keeper: SinkTask {
        struct Kept: Sendable {
            let offset: Int64
            let key: Value?
            let value: Value?
            let inner: Value?
            let element: Value?
            let bytes: RecordBytes?
        }

        let kept = Mutex<[Kept]>([])

        func write(_ batch: SinkBatch) async throws(TaskError) {
            let new = batch.map { (record: SinkRecord) -> Kept in
                let value = record.value
                let inner = value?["m"]
                return Kept(
                    offset: record.offset, key: record.key, value: value, inner: inner,
                    element: inner?["l"]?.elements.first { _ in true }, bytes: record.valueBytes)
            }
            // Of some batches everything, of some a part, of some nothing.
            let number = Int(new.first?.offset ?? 0)
            kept.withLock { $0 += new.filter { (Int($0.offset) * 7 + number) % 5 < 3 } }
        }
    }

    private static func text(_ number: Int) -> String {
        #"{"n":\#(number),"m":{"l":["element-\#(number)",1],"t":"Grüße \#(number)"}}"#
    }

    @Test(.needsKafka, .timeLimit(.minutes(1)), arguments: [true, false])
    func `are right when every batch is gone`(neverBlocks: Bool) async throws {
        let count = 30_000
        try await Kafka.run(try #require(Servers.kafkaBootstrap)) { kafka in
            let name = "it-\(UInt32.random(in: 0...UInt32.max))"
            try await kafka.create(name)
            try await kafka.send(
                (0..<count).map { .init(Self.text($0), key: "key-\($0)") }, to: name)
            let keeper = Keeper()
            var options = ConnectorOptions()
            options.keyConverter.className = "org.apache.kafka.connect.storage.StringConverter"
            let runner = ConnectorRunner(
                name: name, connector: Sink(neverBlocks: neverBlocks) { keeper }, topics: [name],
                kafka: ["bootstrap.servers": kafka.bootstrap, "max.poll.records": "200"],
                options: options, log: .disabled)
            try await runner.run {
                let isDone = try await eventually {
                    (keeper.kept.withLock { $0.last?.offset } ?? 0) >= Int64(count - 10)
                }
                #expect(isDone)
            }
            let kept = keeper.kept.withLock { $0 }
            #expect(kept.count > count / 2 && kept.count < count)
            for kept in kept { Self.check(kept) }
        }
    }

    private static func check(_ kept: Keeper.Kept) {
        let number = Int(kept.offset)
        let inner = kept.inner
        #expect(kept.key?.string == "key-\(number)")
        #expect(kept.value?["n"]?.number == "\(number)")
        #expect(inner?["t"]?.string == "Grüße \(number)")
        #expect(kept.element?.string == "element-\(number)")
        #expect(kept.bytes?.withUnsafeBytes { Array($0) } == Array(text(number).utf8))
    }
}
