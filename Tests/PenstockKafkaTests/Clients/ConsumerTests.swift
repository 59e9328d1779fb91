import CPenstockRDKafka
import Penstock
import PenstockIO
import Testing

@testable import PenstockKafka

@Suite struct `A consumer` {
    @Test(arguments: Broker.all)
    func `goes on where it committed`(_ broker: Broker) async throws {
        try await Bench.run(on: broker) { bench in
            let partition = TopicPartition(topic: bench.name, partition: 0)
            try await bench.createTopic(bench.name, partitions: 1)
            try await bench.fill(bench.name, (0..<100).map(String.init))
            let first = try bench.member()
            try await first.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([first]) { first.records.count == 100 })
            try await first.consumer.commit([partition: 40])
            #expect(try await first.consumer.committed([partition]) == [partition: 40])
            await first.consumer.close()

            let second = try bench.member()
            try await second.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([second]) { second.records.count == 60 })
            #expect(second.records.first?.offset == 40)
            await second.consumer.close()
        }
    }

    @Test func `commits nothing by itself`() async throws {
        try await Bench.run(on: .mock) { bench in
            let partition = TopicPartition(topic: bench.name, partition: 0)
            try await bench.createTopic(bench.name, partitions: 1)
            try await bench.fill(bench.name, (0..<10).map(String.init))
            let first = try bench.member()
            try await first.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([first]) { first.records.count == 10 })
            #expect(try await first.consumer.committed([partition]) == [:])
            await first.consumer.close()
        }
    }

    @Test func `names the partition of a refused commit`() async throws {
        try await Bench.run(on: .mock) { bench in
            try await bench.createTopic(bench.name, partitions: 1)
            let member = try bench.member()
            try await member.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([member]) { !member.assignment.isEmpty })
            bench.cluster?.fail(
                requests: 8, with: [RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED])
            let partition = TopicPartition(topic: bench.name, partition: 0)
            let error = await #expect(throws: KafkaError.self) {
                try await member.consumer.commit([partition: 1])
            }
            #expect(error?.code == .topicAuthorizationFailed)
            #expect(error?.kind == .fatal)
            await member.consumer.close()
        }
    }

    @Test func `answers a commit that its end overtakes`() async throws {
        try await Bench.run(on: .mock) { bench in
            try await bench.createTopic(bench.name, partitions: 1)
            let member = try bench.member()
            let consumer = member.consumer
            let partition = TopicPartition(topic: bench.name, partition: 0)
            async let commit: Void = consumer.commit([partition: 1])
            await consumer.close(timeout: .milliseconds(100))
            do {
                try await commit
                Issue.record("a commit that never reached a broker was confirmed")
            } catch { #expect(error is KafkaError) }
            await #expect(throws: KafkaError.self) {
                try await consumer.commit([partition: 1])
            }
        }
    }

    @Test func `is woken by records, not by the clock`() async throws {
        try await Bench.run(on: .mock) { bench in
            try await bench.createTopic(bench.name, partitions: 1)
            let member = try bench.member()
            try await member.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([member]) { !member.assignment.isEmpty })
            var latencies: [Duration] = []
            let producer = try bench.producer()
            for _ in 0..<20 {
                while member.consumer.queueLength > 0 { try member.step() }
                try member.step()
                _ = withBytes("x") {
                    producer.produce(
                        OutgoingRecord(key: nil, value: $0), to: bench.name, partition: 0,
                        identifier: 0)
                }
                let before = member.records.count
                let start = ContinuousClock.now
                while member.records.count == before, ContinuousClock.now - start < .seconds(5) {
                    await member.consumer.waitUntilReady(atMost: .seconds(1))
                    try member.step()
                }
                latencies.append(ContinuousClock.now - start)
            }
            // Waiting for the clock alone would take a second each time.
            #expect(latencies.sorted()[10] < .milliseconds(300))
            await producer.close()
            await member.consumer.close()
        }
    }

    @Test func `stops waiting when its task is cancelled`() async throws {
        try await Bench.run(on: .mock) { bench in
            let member = try bench.member()
            try member.step()
            let start = ContinuousClock.now
            await withTaskGroup { group in
                group.addTask { await member.consumer.waitUntilReady() }
                try? await bench.loop.sleep(for: .milliseconds(50))
                group.cancelAll()
            }
            #expect(ContinuousClock.now - start < .milliseconds(500))
            await member.consumer.close()
        }
    }

    @Test func `polls every second without any event`() async throws {
        try await Bench.run(on: .mock) { bench in
            let member = try bench.member()
            try member.step()
            try await bench.loop.sleep(for: .milliseconds(200))
            try member.step()
            let start = ContinuousClock.now
            await member.consumer.waitUntilReady(atMost: .seconds(60))
            #expect(ContinuousClock.now - start < .milliseconds(1200))
            await member.consumer.close()
        }
    }

    @Test(arguments: Broker.all)
    func `holds one partition back while others flow`(_ broker: Broker) async throws {
        try await Bench.run(on: broker) { bench in
            try await bench.createTopic(bench.name, partitions: 2)
            let member = try bench.member()
            try await member.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([member]) { member.assignment.count == 2 })
            let held = TopicPartition(topic: bench.name, partition: 1)
            member.consumer.hold(held)
            try await bench.fill(bench.name, partition: 1, (0..<50).map(String.init))
            try await bench.fill(bench.name, partition: 0, (0..<50).map(String.init))
            #expect(try await bench.drive([member]) { member.records.count == 50 })
            _ = try await bench.drive([member], atMost: .seconds(1)) { false }
            #expect(member.records.allSatisfy { $0.partition.partition == 0 })
            member.consumer.release(held)
            #expect(try await bench.drive([member]) { member.records.count == 100 })
            #expect(
                member.records.filter { $0.partition == held }.map(\.offset) == Array(0..<50))
            await member.consumer.close()
        }
    }

    @Test(arguments: Broker.all)
    func `finds topics by a pattern, also later ones`(_ broker: Broker) async throws {
        try await Bench.run(on: broker) { bench in
            try await bench.createTopic(bench.name + "-a", partitions: 1)
            try await bench.createTopic(bench.name + "-ab", partitions: 1)
            let member = try bench.member(["metadata.max.age.ms": "300"])
            try await member.consumer.subscribe(
                to: .matching(TopicPattern("\(bench.name)-[a-c]")))
            await withTaskGroup { group in
                group.addTask { await member.consumer.keepTopicsFresh() }
                await #expect(throws: Never.self) {
                    #expect(try await bench.drive([member]) { member.assignment.count == 1 })
                    try await bench.createTopic(bench.name + "-b", partitions: 2)
                    #expect(try await bench.drive([member]) { member.assignment.count == 3 })
                }
                group.cancelAll()
            }
            #expect(Set(member.assignment.map(\.topic)) == [bench.name + "-a", bench.name + "-b"])
            await member.consumer.close()
        }
    }

    @Test func `reports its figures as JSON`() async throws {
        try await Bench.run(on: .mock) { bench in
            let member = try bench.member(["statistics.interval.ms": "100"])
            var texts: [String] = []
            member.consumer.onStatistics { texts.append(String(decoding: $0, as: UTF8.self)) }
            #expect(try await bench.drive([member]) { !texts.isEmpty })
            #expect(texts[0].contains("\"cgrp\"") || texts[0].contains("\"brokers\""))
            await member.consumer.close()
        }
    }

    @Test func `refuses settings without quoting them`() async throws {
        try await Bench.run(on: .mock) { bench in
            var settings = bench.settings(.consumer)
            settings.library["session.timeout.ms"] = "hunter2"
            let error = #expect(throws: KafkaError.self) {
                try Member(bench: bench, settings: settings)
            }
            #expect(error?.kind == .fatal)
            #expect(error?.description.contains("session.timeout.ms") == true)
            #expect(error?.description.contains("hunter2") == false)
        }
    }

    @Test func `reports brokers that cannot be reached`() async throws {
        try await Bench.run(on: .mock) { bench in
            var settings = bench.settings(.consumer)
            settings.library["bootstrap.servers"] = "127.0.0.1:1"
            let member = try Member(bench: bench, settings: settings)
            try await member.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([member]) { !member.events.isEmpty })
            guard case .failure(let error) = member.events[0] else {
                Issue.record("\(member.events)")
                return
            }
            #expect(error.kind == .retriable)
            let start = ContinuousClock.now
            await member.consumer.close()
            // Its own limit is 5 seconds; the rest is for a busy machine.
            #expect(ContinuousClock.now - start < .seconds(30))
        }
    }
}
