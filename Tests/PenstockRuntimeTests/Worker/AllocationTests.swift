import CPenstockAllocationCounter
import Penstock
import PenstockAWS
import PenstockDynamoDBSink
import PenstockIO
import PenstockTesting
import Testing

@testable import PenstockRuntime

/// The record path from the broker's end to the request and back, counted in allocations.
@Suite struct AllocationTests {
    private static let records = 120_000
    /// Behind so many records everything has its memory.
    private static let warmUp = 20_000

    /// An unoptimised build allocates for what the optimiser does away with.
    private static var counts: Bool {
        #if DEBUG
        false
        #else
        allocation_counter_works()
        #endif
    }

    @Test(.enabled(if: Self.counts, "only an optimised build without sanitizers tells"))
    func `a record in steady state costs less than half an allocation`() async throws {
        try await ScriptedDynamoDB.run(seed: 1, keepsLog: false) { server in
            let sink = DynamoDBSink(
                table: "orders", hashKey: .value("id"), region: "eu-west-1",
                endpoint: server.endpoint,
                credentials: Credentials(accessKeyID: "AKID", secretAccessKey: "secret"))
            try await WorkerBench.run(sink) { bench in
                bench.consumer.produce(WorkerBench.first, Self.values)
                bench.assign(WorkerBench.first)
                try await bench.expect("the sink is warm", atMost: .seconds(60)) {
                    server.appliedWriteCount >= Self.warmUp
                }
                let start = server.appliedWriteCount
                allocation_counter_begin()
                try await bench.expect("all is written", atMost: .seconds(120)) {
                    server.appliedWriteCount == Self.records
                }
                let count = allocation_counter_end()
                let perRecord = Double(count) / Double(Self.records - start)
                print("allocations per record: \(perRecord)")
                #expect(perRecord < 0.5)
            }
        }
    }

    private static var values: [String?] {
        (0..<records).map { number in
            """
            {"id":"k\(number)","name":"user name 000001","age":1,"score":123.456,"active":false,\
            "ts":1700000000001,"addr":{"city":"Amsterdam","zip":"00001"},\
            "tags":["alpha","beta","gamma"],"note":"some text of forty cha"}
            """
        }
    }
}
