import Penstock
import PenstockTesting
import Testing

/// Brokers that are away.
@Suite(.needsCommand) struct BrokerOutageTests {
    private static let records = (0..<200).map { Kafka.Message(#"{"k":"key-\#($0)"}"#) }

    @Test(.needsKafkaHome, .timeLimit(.minutes(3)))
    func `a broker that comes late, and one that restarts, is waited for`() async throws {
        let broker = try await OwnBroker()
        try await SinkScenario.run(bootstrap: broker.bootstrap) { scenario in
            let process = try scenario.start([
                "consumer.override.metadata.max.age.ms": "1000"
            ])
            #expect(
                try await eventually { process.lines(Self.began).count == 1 }, "\(process.errors)")
            try broker.start()
            try await scenario.fill(Self.records)
            #expect(
                try await eventually { try await scenario.committed() == [200] },
                "\(process.errors)")
            #expect(process.lines(Self.ended).count == 1, "\(process.errors)")
            try await broker.kill()
            #expect(
                try await eventually { process.lines(Self.began).count == 2 }, "\(process.errors)")
            try broker.start()
            try await scenario.kafka.send(Self.records, to: scenario.name)
            #expect(
                try await eventually { try await scenario.committed() == [400] },
                "\(process.errors)")
            #expect(
                try await eventually { process.lines(Self.ended).count == 2 }, "\(process.errors)")
            #expect(process.lines(Self.began).count == 2, "\(process.errors)")
            #expect(process.lines(at: .error).isEmpty, "\(process.errors)")
            #expect(scenario.table.count == 200)
        }
    }

    private static let began = "Kafka does not answer as it should"
    private static let ended = "Kafka answers again"
}
