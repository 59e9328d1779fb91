import Glibc
import Penstock
import PenstockIO
import Testing

@testable import PenstockKafka

/// How fast a consumer flows whose task stalls now and then: 3 000 000 records of 208 bytes from 4
/// partitions of a real broker, a stall of 5 ms after every 2 000, a queue of 8 MB.
///
/// Runs where `PENSTOCK_BENCH` is set, and means something in a release build:
/// `swift test -c release -Xswiftc -enable-testing --filter FlowBenchmark`.
@Suite(
    .enabled(
        if: getenv("PENSTOCK_BENCH") != nil && Broker.realBootstrap != nil,
        "PENSTOCK_BENCH is not set, or no broker is named"))
struct FlowBenchmark {
    private static let total = 3_000_000

    @Test func `A stalling consumer keeps its speed`() async throws {
        try await Bench.run(on: .real) { bench in
            try await bench.createTopic(bench.name, partitions: 4)
            try await fill(bench)
            for stall in [UInt32(5000), 0] { try await measure(bench, stall: stall) }
        }
    }

    private func fill(_ bench: Bench) async throws {
        let producer = try bench.producer(["linger.ms": "20"])
        let value = [UInt8](repeating: UInt8(ascii: "x"), count: 208)
        for index in 0..<Self.total {
            let record = { () -> ProduceResult in
                value.withUnsafeBytes {
                    producer.produce(
                        OutgoingRecord(key: nil, value: $0), to: bench.name,
                        partition: Int32(index % 4), identifier: index)
                }
            }
            while record() == .queueFull { await producer.waitForReports(atMost: .seconds(1)) }
        }
        #expect(await producer.flush(timeout: .seconds(120)))
        await producer.close()
    }

    private func measure(_ bench: Bench, stall: UInt32) async throws {
        var settings = bench.settings(.consumer)
        settings.library["group.id"] = "\(bench.name)-\(stall)"
        let partitions = PartitionTable()
        let consumer = try KafkaConsumer(
            settings: settings, partitions: partitions, loop: bench.loop,
            blocking: bench.blocking, log: .disabled)
        let batch = RecordBatch(partitions: partitions)
        try await consumer.subscribe(to: .names([bench.name]))
        var count = 0
        var sinceStall = 0
        var start = ContinuousClock.now
        var cpu = processorSeconds()
        while count < Self.total {
            let result = consumer.poll(into: batch, maximum: 500)
            while let event = consumer.nextEvent() {
                if case .assigned(let given) = event { try consumer.assign(given) }
            }
            if count == 0, result.appended > 0 {
                (start, cpu) = (ContinuousClock.now, processorSeconds())
            }
            count += result.appended
            sinceStall += result.appended
            batch.reset()
            if stall > 0, sinceStall >= 2000 {
                sinceStall -= 2000
                usleep(stall)
            }
            if result.isDrained { await consumer.waitUntilReady() }
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let rate = Int(Double(count) / seconds)
        let cost = (processorSeconds() - cpu) / Double(count) * 1e6
        print(
            "librdkafka \(LibraryProperties.linked.version), stall \(stall) us: \(rate) records/s,",
            "\(Int(cost * 1000)) ns of CPU a record, \(residentMegabytes()) MB at most,",
            "\(consumer.nudgeCount) nudges")
        #expect(rate >= 250_000)
        await consumer.close()
    }

    private func processorSeconds() -> Double { Double(clock()) / 1e6 }

    /// The most memory the process ever held, in megabytes.
    private func residentMegabytes() -> Int {
        guard let file = fopen("/proc/self/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = line.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
            guard text.hasPrefix("VmHWM:") else { continue }
            return Int(text.filter(\.isNumber)).map { $0 / 1024 } ?? 0
        }
        return 0
    }
}
