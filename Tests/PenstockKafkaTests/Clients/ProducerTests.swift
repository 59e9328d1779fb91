import CPenstockRDKafka
import Penstock
import PenstockIO
import Testing

@testable import PenstockKafka

@Suite struct `A producer` {
    private func send(
        _ producer: KafkaProducer, _ topic: String, _ value: String, _ identifier: Int
    ) -> ProduceResult {
        withBytes(value) {
            producer.produce(
                OutgoingRecord(key: nil, value: $0), to: topic, partition: 0,
                identifier: identifier)
        }
    }

    @Test(arguments: Broker.all)
    func `reports every record once, in order`(_ broker: Broker) async throws {
        try await Bench.run(on: broker) { bench in
            try await bench.createTopic(bench.name, partitions: 1)
            var reports: [DeliveryReport] = []
            var calls = 0
            let producer = try bench.producer {
                reports += $0
                calls += 1
            }
            for index in 1...5000 {
                #expect(send(producer, bench.name, "v\(index)", index) == .queued)
            }
            #expect(producer.outstanding == 5000)
            #expect(await producer.flush(timeout: .seconds(20)))
            #expect(reports.map(\.identifier) == Array(1...5000))
            #expect(reports.map(\.offset) == Array(0..<5000))
            #expect(calls < 500, "reports come in batches")
            await producer.close()
        }
    }

    @Test func `says when its queue is full and goes on`() async throws {
        try await Bench.run(on: .mock) { bench in
            try await bench.createTopic(bench.name, partitions: 1)
            let producer = try bench.producer([
                "queue.buffering.max.messages": "10", "linger.ms": "100",
            ])
            var taken = 0
            while send(producer, bench.name, "x", taken) == .queued, taken < 100 { taken += 1 }
            #expect(taken == 10)
            #expect(send(producer, bench.name, "x", taken) == .queueFull)
            #expect(producer.outstanding == 10)
            await producer.waitForReports(atMost: .seconds(10))
            #expect(await producer.flush(timeout: .seconds(10)))
            #expect(send(producer, bench.name, "x", taken) == .queued)
            await producer.close()
        }
    }

    @Test func `refuses one record that is too large`() async throws {
        try await Bench.run(on: .mock) { bench in
            try await bench.createTopic(bench.name, partitions: 1)
            let producer = try bench.producer(["max.request.size": "2000"])
            let large = String(repeating: "x", count: 4000)
            guard case .failed(let error) = send(producer, bench.name, large, 1) else {
                Issue.record("the record was queued")
                return
            }
            #expect(error.code == .messageTooLarge)
            #expect(error.kind == .data)
            #expect(!error.description.contains("xxx"))
            #expect(send(producer, bench.name, "small", 2) == .queued)
            #expect(await producer.flush(timeout: .seconds(10)))
            await producer.close()
        }
    }

    @Test func `reports what the broker refuses`() async throws {
        try await Bench.run(on: .mock) { bench in
            try await bench.createTopic(bench.name, partitions: 1)
            var reports: [DeliveryReport] = []
            let producer = try bench.producer { reports += $0 }
            bench.cluster?.fail(requests: 0, with: [RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE])
            #expect(send(producer, bench.name, "x", 7) == .queued)
            #expect(await producer.flush(timeout: .seconds(10)))
            #expect(reports.map(\.identifier) == [7])
            #expect(reports.map(\.error) == [.messageTooLarge])
            await producer.close()
        }
    }

    @Test func `gives up what is left at its end, and says so`() async throws {
        try await Bench.run(on: .mock) { bench in
            var reports: [DeliveryReport] = []
            var failures: [KafkaError] = []
            var settings = bench.settings(.producer)
            settings.library["bootstrap.servers"] = "127.0.0.1:1"
            let producer = try KafkaProducer(
                settings: settings, loop: bench.loop, blocking: bench.blocking, log: .disabled,
                onReports: { reports += $0 }, onFailure: { failures.append($0) })
            #expect(send(producer, bench.name, "x", 3) == .queued)
            #expect(await producer.flush(timeout: .milliseconds(300)) == false)
            await producer.close(timeout: .milliseconds(100))
            #expect(reports.map(\.identifier) == [3])
            #expect(reports.map(\.error) == [.purgedInQueue])
            #expect(failures.allSatisfy { $0.kind == .retriable } && !failures.isEmpty)
            #expect(send(producer, bench.name, "x", 4) == .failed(KafkaError(.destroyed)))
        }
    }

    @Test func `ends although its task is cancelled`() async throws {
        try await Bench.run(on: .mock) { bench in
            try await bench.createTopic(bench.name, partitions: 1)
            let producer = try bench.producer()
            await withTaskGroup { group in
                group.addTask {
                    try? await bench.loop.sleep(for: .seconds(10))
                    await producer.close()
                }
                group.cancelAll()
            }
            #expect(send(producer, bench.name, "x", 1) == .failed(KafkaError(.destroyed)))
        }
    }
}
