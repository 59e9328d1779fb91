import CPenstockRDKafka
import Penstock
import PenstockIO
import Testing

@testable import PenstockKafka

@Suite struct `Rebalances` {
    struct Case: Sendable, CustomTestStringConvertible {
        var broker: Broker
        var strategy: String
        var testDescription: String { "\(broker) \(strategy)" }
    }

    static let cases = Broker.all.flatMap { broker in
        ["cooperative-sticky", "org.apache.kafka.clients.consumer.RangeAssignor"].map {
            Case(broker: broker, strategy: $0)
        }
    }

    @Test(arguments: cases)
    func `may be answered seconds later`(_ one: Case) async throws {
        try await Bench.run(on: one.broker) { bench in
            try await bench.createTopic(bench.name, partitions: 4)
            let settings = ["partition.assignment.strategy": one.strategy]
            let first = try bench.member(settings)
            let second = try bench.member(settings)
            try await first.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([first]) { first.assignment.count == 4 })
            first.answerDelay = .seconds(2)
            second.answerDelay = .seconds(2)
            try await second.consumer.subscribe(to: .names([bench.name]))
            let members = [first, second]
            #expect(
                try await bench.drive(members, atMost: .seconds(40)) {
                    first.assignment.count == 2 && second.assignment.count == 2
                })
            #expect(first.assignment.isDisjoint(with: second.assignment))
            for partition in 0..<Int32(4) {
                try await bench.fill(bench.name, partition: partition, ["\(partition)"])
            }
            #expect(
                try await bench.drive(members) { first.records.count + second.records.count == 4 })
            // A member that leaves gives its partitions to the other.
            await second.consumer.close()
            first.answerDelay = .zero
            #expect(
                try await bench.drive([first], atMost: .seconds(40)) {
                    first.assignment.count == 4
                })
            await first.consumer.close()
        }
    }

    @Test(arguments: Self.cases)
    func `that nobody answered do not delay the end`(_ one: Case) async throws {
        try await Bench.run(on: one.broker) { bench in
            try await bench.createTopic(bench.name, partitions: 2)
            let settings = ["partition.assignment.strategy": one.strategy]
            let first = try bench.member(settings)
            first.answerDelay = .seconds(600)
            try await first.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([first]) { !first.rebalances.isEmpty })
            var start = ContinuousClock.now
            await first.consumer.close(timeout: .seconds(60))
            #expect(ContinuousClock.now - start < .seconds(40), "an assignment")

            let second = try bench.member(settings)
            try await second.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([second]) { second.assignment.count == 2 })
            second.answerDelay = .seconds(600)
            let third = try bench.member(settings)
            try await third.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([second, third]) { second.rebalances.count == 2 })
            start = ContinuousClock.now
            await second.consumer.close(timeout: .seconds(60))
            #expect(ContinuousClock.now - start < .seconds(40), "a revocation")
            await third.consumer.close()
        }
    }

    @Test(arguments: Self.cases)
    func `that nobody has seen do not delay the end`(_ one: Case) async throws {
        try await Bench.run(on: one.broker) { bench in
            try await bench.createTopic(bench.name, partitions: 2)
            let member = try bench.member(["partition.assignment.strategy": one.strategy])
            try await member.consumer.subscribe(to: .names([bench.name]))
            // The assignment comes, and waits in the library's queue.
            let deadline = ContinuousClock.now + .seconds(20)
            while member.consumer.queueLength == 0, ContinuousClock.now < deadline {
                try await bench.loop.sleep(for: .milliseconds(10))
            }
            let start = ContinuousClock.now
            await member.consumer.close(timeout: .seconds(60))
            #expect(ContinuousClock.now - start < .seconds(40))
        }
    }

    /// Some versions of the library end the process where such a member ends.
    @Test func `that never came to an assignment do not hinder the end`() async throws {
        try await Bench.run(on: .mock) { bench in
            try await bench.createTopic(bench.name, partitions: 1)
            let syncGroup: Int16 = 14
            bench.cluster?.fail(
                requests: syncGroup,
                with: Array(repeating: RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, count: 1000))
            let member = try bench.member()
            try await member.consumer.subscribe(to: .names([bench.name]))
            #expect(
                try await bench.drive([member], atMost: .seconds(4)) { !member.rebalances.isEmpty }
                    == false)
            await member.consumer.close()
        }
    }

    @Test(arguments: Broker.all)
    func `let a paused partition flow again`(_ broker: Broker) async throws {
        try await Bench.run(on: broker) { bench in
            try await bench.createTopic(bench.name, partitions: 1)
            let first = try bench.member()
            try await first.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([first]) { first.assignment.count == 1 })
            try first.consumer.pause(Array(first.assignment))
            // Leaving for another topic and coming back revokes and assigns anew.
            try await bench.createTopic(bench.name + "-other", partitions: 1)
            try await first.consumer.subscribe(to: .names([bench.name + "-other"]))
            #expect(
                try await bench.drive([first]) {
                    first.assignment.map(\.topic) == [bench.name + "-other"]
                })
            try await first.consumer.subscribe(to: .names([bench.name]))
            #expect(
                try await bench.drive([first]) { first.assignment.map(\.topic) == [bench.name] })
            try await bench.fill(bench.name, ["1"])
            #expect(try await bench.drive([first]) { first.records.count == 1 })
            await first.consumer.close()
        }
    }

    @Test(
        .enabled(if: Broker.realBootstrap != nil, Broker.realIsMissing))
    func `do not come from a quiet topic`() async throws {
        try await Bench.run(on: .real) { bench in
            try await bench.createTopic(bench.name, partitions: 2)
            let member = try bench.member(["max.poll.interval.ms": "6000"])
            try await member.consumer.subscribe(to: .names([bench.name]))
            #expect(try await bench.drive([member]) { member.assignment.count == 2 })
            let end = ContinuousClock.now + .seconds(20)
            while ContinuousClock.now < end {
                await member.consumer.waitUntilReady()
                try member.step()
            }
            #expect(member.rebalances.count == 1)
            for case .failure(let error) in member.events {
                #expect(error.code != .pollIntervalExceeded)
            }
            await member.consumer.close()
        }
    }
}
