import Penstock
import Testing

@testable import PenstockKafka

@Suite struct `Layers of client settings` {
    private func consumer(
        _ worker: [String: String], _ connector: [String: String] = [:],
        policy: ClientOverridePolicy = .all, allowlist: [String] = []
    ) -> TranslatedSettings {
        ClientSettingSource(
            connector: "orders", task: 3, worker: worker, connectorSettings: connector,
            policy: policy, allowlist: allowlist
        ).translated(for: .consumer, library: .debian)
    }

    @Test func `begin with what a Connect worker sets`() {
        let library = consumer(["bootstrap.servers": "b:9092"]).library
        #expect(library["group.id"] == "connect-orders")
        #expect(library["client.id"] == "connector-consumer-orders-3")
        #expect(library["auto.offset.reset"] == "earliest")
        #expect(library["isolation.level"] == "read_committed")
        #expect(library["enable.auto.commit"] == "false")
        #expect(library["enable.auto.offset.store"] == "false")
        #expect(library["partition.assignment.strategy"] == "cooperative-sticky")
        #expect(library["queued.max.messages.kbytes"] == "8192")
        #expect(library["fetch.queue.backoff.ms"] == nil)
    }

    @Test func `end with the connector's overrides`() {
        let worker = [
            "bootstrap.servers": "worker:1", "group.id": "the-workers-own",
            "consumer.group.id": "layer-3", "consumer.fetch.min.bytes": "3",
            "consumer.client.id": "three", "producer.client.id": "no",
            "consumer.bootstrap.servers": "three:1",
        ]
        let overrides = [
            "consumer.override.group.id": "layer-4", "consumer.client.id": "not an override",
            "fetch.min.bytes": "4",
        ]
        let library = consumer(worker, overrides).library
        #expect(library["group.id"] == "layer-4")
        #expect(library["fetch.min.bytes"] == "3")
        #expect(library["client.id"] == "three")
        #expect(library["bootstrap.servers"] == "three:1")
    }

    @Test func `take the worker's own connection as the default of its clients`() {
        let worker = [
            "bootstrap.servers": "b:9093", "security.protocol": "SSL",
            "ssl.key.location": "/client.key",
            "consumer.security.protocol": " ssl ",
        ]
        let result = consumer(worker)
        #expect(result.library["security.protocol"] == "ssl")
        #expect(result.library["ssl.key.location"] == "/client.key")
        #expect(result.library["ssl.endpoint.identification.algorithm"] == "https")
        #expect(!result.isRefused)
    }

    @Test func `let a later alias replace an earlier name`() {
        let result = consumer(
            ["consumer.fetch.max.wait.ms": "100", "consumer.max.partition.fetch.bytes": "5000"],
            [
                "consumer.override.fetch.wait.max.ms": "200",
                "consumer.override.fetch.message.max.bytes": "6000",
            ])
        #expect(result.library["fetch.wait.max.ms"] == "200")
        #expect(result.library["fetch.message.max.bytes"] == "6000")
        #expect(result.library["max.partition.fetch.bytes"] == nil)
        let other = consumer(
            ["consumer.fetch.wait.max.ms": "100"], ["consumer.override.fetch.max.wait.ms": "200"])
        #expect(other.library["fetch.wait.max.ms"] == "200")
    }

    @Test(arguments: [
        (ClientOverridePolicy.none, [], "group.id"), (.principal, [], "group.id"),
        (.allowlist, ["client.id"], "group.id"),
    ])
    func `obey the worker's policy`(
        policy: ClientOverridePolicy, allowlist: [String], name: String
    ) {
        let result = consumer(
            [:], ["consumer.override.\(name)": "x"], policy: policy, allowlist: allowlist)
        #expect(result.isRefused)
        #expect(result.library["group.id"] == "connect-orders")
        let finding = result.findings[0]
        #expect(finding.property == "consumer.override.group.id")
        #expect(finding.explanation.contains(policy.rawValue))
    }

    @Test func `refuse one login once`() {
        let result = consumer([
            "security.protocol": "SASL_SSL", "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.jaas.config": "x", "consumer.sasl.login.refresh.window.factor": "0.5",
        ])
        #expect(result.findings.filter { $0.outcome == .refused }.count == 1)
    }

    @Test func `warn when host names are not checked`() {
        let result = consumer([
            "security.protocol": "SSL", "ssl.endpoint.identification.algorithm": "",
        ])
        #expect(result.library["ssl.endpoint.identification.algorithm"] == "none")
        #expect(result.findings.map(\.level) == [.warning])
    }

    @Test func `name a wrong value by the user's property`() {
        let result = consumer(["consumer.queued.max.messages.kbytes": "some"])
        let faults = result.faults(of: .consumer)
        #expect(faults.map(\.property) == ["consumer.queued.max.messages.kbytes"])
        #expect(faults.map(\.level) == [.error])
    }

    @Test func `read how many records a task takes`() {
        #expect(consumer(["consumer.max.poll.records": "7"]).maximumPollRecords == 7)
        #expect(consumer([:]).maximumPollRecords == 500)
        #expect(
            consumer(["consumer.metadata.max.age.ms": "1500"]).metadataMaximumAge
                == .milliseconds(1500))
    }

    @Test func `leave the worker's admin listeners alone`() {
        let result = ClientSettingSource(
            connector: "c", worker: ["bootstrap.servers": "b:1", "admin.listeners": "http://:1"]
        ).translated(for: .admin)
        #expect(result.findings == [])
    }

    @Test func `let a connector log in its own way under the policy Principal`() {
        let result = consumer(
            [:], ["consumer.override.sasl.username": "me", "consumer.override.client.id": "x"],
            policy: .principal)
        let refused = result.findings.filter { $0.explanation.contains("Principal") }
        #expect(refused.map(\.property) == ["consumer.override.client.id"])
    }

    @Test func `name the clients of a dead letter queue as Connect does`() {
        var source = ClientSettingSource(
            connector: "c", task: 1, worker: ["bootstrap.servers": "b:1"], isForDeadLetters: true)
        #expect(
            source.translated(for: .producer).library["client.id"] == "connector-dlq-producer-c-1")
        source.task = nil
        #expect(
            source.translated(for: .admin).library["client.id"] == "connector-dlq-adminclient-c")
    }
}
