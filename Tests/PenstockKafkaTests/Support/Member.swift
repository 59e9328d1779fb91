import Penstock

@testable import PenstockKafka

/// A consumer that keeps what it gets, and answers rebalances after a while.
///
/// `@unchecked Sendable`: used on its bench's loop.
final class Member: @unchecked Sendable {
    struct Record: Hashable {
        var partition: TopicPartition
        var offset: Int64
        var key: String?
        var value: String?
        var headers: [Header] = []
        var timestampType = TimestampType.none
    }

    struct Header: Hashable {
        var name: String
        var value: String?
    }

    let consumer: KafkaConsumer
    /// How long a rebalance waits for its answer.
    var answerDelay: Duration = .zero
    var records: [Record] = []
    var events: [ConsumerEvent] = []
    private var batch: RecordBatch
    private var answers: [(due: ContinuousClock.Instant, event: ConsumerEvent)] = []

    init(bench: Bench, settings: TranslatedSettings) throws {
        let partitions = PartitionTable()
        consumer = try KafkaConsumer(
            settings: settings, partitions: partitions, loop: bench.loop,
            blocking: bench.blocking, log: .disabled)
        batch = RecordBatch(partitions: partitions)
    }

    var assignment: Set<TopicPartition> { consumer.assignment }
    var values: [String?] { records.map(\.value) }
    var rebalances: [ConsumerEvent] {
        events.filter { if case .failure = $0 { false } else { true } }
    }

    /// One turn: poll, note, answer what is due.
    func step(maximum: Int = 500) throws {
        let result = consumer.poll(into: batch, maximum: maximum)
        if result.appended != batch.count { throw WrongCount() }
        for index in 0..<batch.count { records.append(record(index)) }
        batch.reset()
        while let event = consumer.nextEvent() {
            events.append(event)
            answers.append((ContinuousClock.now + answerDelay, event))
        }
        while let next = answers.first, next.due <= ContinuousClock.now {
            answers.removeFirst()
            switch next.event {
            case .assigned(let partitions): try consumer.assign(partitions)
            case .revoked(let partitions), .lost(let partitions):
                try consumer.unassign(partitions)
            case .failure: break
            }
        }
    }

    struct WrongCount: Error {}

    private func record(_ index: Int) -> Record {
        let entry = batch.entries[index]
        let first = Int(entry.firstHeader)
        let headers = batch.headers[first..<first + Int(entry.headerCount)].map {
            Header(name: text($0.name) ?? "", value: text($0.bytes))
        }
        return Record(
            partition: batch.partitions[entry.slot], offset: entry.offset,
            key: text(entry.keyBytes), value: text(entry.valueBytes), headers: headers,
            timestampType: entry.timestampType)
    }

    private func text(_ range: ByteRange?) -> String? {
        range.map { String(decoding: batch.arena[$0], as: UTF8.self) }
    }
}
