import Penstock
import PenstockIO
import Testing

@testable import PenstockKafka

@Suite struct `Topics` {
    @Test(.enabled(if: Broker.realBootstrap != nil, Broker.realIsMissing))
    func `are created, described and deleted`() async throws {
        try await Bench.run(on: .real) { bench in
            let admin = try KafkaAdmin(
                settings: bench.settings(.admin), loop: bench.loop, blocking: bench.blocking,
                log: .disabled)
            let topic = TopicSpecification(
                name: bench.name, partitionCount: 3, replicationFactor: 1,
                settings: ["cleanup.policy": "compact"])
            #expect(try await admin.createTopics([topic]) == [:])
            let again = try await admin.createTopics([
                topic, TopicSpecification(name: bench.name + "-2"),
            ])
            #expect(again.mapValues(\.code) == [bench.name: .topicAlreadyExists])
            // A broker learns of a new topic a moment after its controller has made it.
            var partitions: Int?
            for _ in 0..<50 where partitions != 3 {
                partitions = try await admin.describeTopic(bench.name)?.partitionCount
                try await bench.loop.sleep(for: .milliseconds(100))
            }
            #expect(partitions == 3)
            var names: [String] = []
            for _ in 0..<50 where !names.contains(bench.name + "-2") {
                names = try await admin.listTopics().map(\.name)
                try await bench.loop.sleep(for: .milliseconds(100))
            }
            #expect(names.contains(bench.name) && names.contains(bench.name + "-2"))
            let missing = try await admin.describeTopic(bench.name + "-missing")
            #expect(missing?.error?.code == .unknownTopicOrPartition)
            let wrong = try await admin.createTopics([
                TopicSpecification(name: bench.name + "-3", settings: ["no.such.setting": "1"])
            ])
            #expect(wrong[bench.name + "-3"]?.kind == .fatal)
            #expect(try await admin.deleteTopics([bench.name, bench.name + "-2"]) == [:])
            await admin.close()
            await #expect(throws: KafkaError.self) { try await admin.listTopics() }
        }
    }
}
