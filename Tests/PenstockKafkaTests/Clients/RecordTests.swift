import Penstock
import PenstockIO
import Testing

@testable import PenstockKafka

@Suite struct `Records` {
    /// A record as it is produced and as it must come back.
    struct Case: Sendable {
        var key: String?
        var value: String?
        var headers: [(String, String?)] = []
    }

    static let cases = [
        Case(key: "a", value: "1"), Case(key: nil, value: "no key"),
        Case(key: "tombstone", value: nil), Case(key: "", value: ""), Case(key: nil, value: nil),
        Case(
            key: "h", value: "headers",
            headers: [
                ("x", "1"), ("x", "1"), ("y", nil), ("x", "2"), ("z", ""), ("", "no name"),
                ("é", "ü"),
            ]),
    ]

    @Test(arguments: Broker.all)
    func `keep null, empty and repeated parts apart`(_ broker: Broker) async throws {
        try await Bench.run(on: broker) { bench in
            try await bench.createTopic(bench.name, partitions: 1)
            let producer = try bench.producer()
            for one in Self.cases {
                var headers = OutgoingHeaders()
                for (name, value) in one.headers {
                    withBytes(value) { headers.append(name: name, value: $0) }
                }
                let hasHeaders = !one.headers.isEmpty
                let result = withBytes(one.key) { key in
                    withBytes(one.value) { value in
                        producer.produce(
                            OutgoingRecord(key: key, value: value), to: bench.name, partition: 0,
                            headers: hasHeaders ? takeAll(&headers) : nil, identifier: 1)
                    }
                }
                #expect(result == .queued)
            }
            #expect(await producer.flush(timeout: .seconds(20)))
            await producer.close()

            let member = try bench.member()
            try await member.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([member]) { member.records.count >= Self.cases.count })
            for (record, one) in zip(member.records, Self.cases) {
                #expect(record.key == one.key)
                #expect(record.value == one.value)
                #expect(record.headers == one.headers.map { Member.Header(name: $0, value: $1) })
                #expect(record.timestampType == .createTime)
            }
            #expect(member.records.map(\.offset) == Array(0..<Int64(Self.cases.count)))
            await member.consumer.close()
        }
    }

    /// Made by `org.apache.kafka.common.utils.Utils.murmur2`.
    static let javaPartitions: [(String, Int32)] = [
        ("", 3), ("a", 4), ("order-1", 4), ("order-2", 3), ("customer.42", 0), ("Amsterdam", 1),
        ("äöü", 2), ("0", 2), ("k0000001", 5), ("k0000002", 0),
    ]

    @Test(arguments: Broker.all)
    func `go to the partitions of Java's producer`(_ broker: Broker) async throws {
        try await Bench.run(on: broker) { bench in
            try await bench.createTopic(bench.name, partitions: 6)
            var reports: [DeliveryReport] = []
            let producer = try bench.producer { reports += $0 }
            for (index, (key, _)) in Self.javaPartitions.enumerated() {
                withBytes(key) {
                    _ = producer.produce(
                        OutgoingRecord(key: $0, value: nil), to: bench.name, identifier: index)
                }
            }
            #expect(await producer.flush(timeout: .seconds(20)))
            await producer.close()
            #expect(reports.count == Self.javaPartitions.count)
            for report in reports {
                #expect(report.partition == Self.javaPartitions[report.identifier].1)
                #expect(report.error == nil && report.offset >= 0)
            }
        }
    }
}

/// Lends a text's bytes; nil for null.
func withBytes<Result>(_ text: String?, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return Array(text.utf8).withUnsafeBytes { body($0) }
}

/// Takes what was collected, so that it can be given away inside a closure.
func takeAll(_ headers: inout OutgoingHeaders) -> OutgoingHeaders {
    var other = OutgoingHeaders()
    swap(&headers, &other)
    return other
}
