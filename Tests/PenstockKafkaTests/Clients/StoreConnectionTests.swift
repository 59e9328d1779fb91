import Glibc
import Penstock
import PenstockIO
import Testing

@testable import PenstockKafka

private enum EncryptedBroker {
    static let bootstrap = variable("PENSTOCK_KAFKA_TLS_BOOTSTRAP")
    static let authority = variable("PENSTOCK_KAFKA_TLS_CA")
    /// The listener that demands a client's certificate.
    static let mutualBootstrap = variable("PENSTOCK_KAFKA_MUTUAL_TLS_BOOTSTRAP")
    /// A client's key and certificate with that of its issuer, whose own issuer is the authority.
    static let client = variable("PENSTOCK_KAFKA_TLS_CLIENT")

    static let isWhole = [bootstrap, authority, mutualBootstrap, client].allSatisfy { $0 != nil }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

/// Connections by Java's stores: trust stores made by keytool of the authority's certificate, key
/// stores by openssl of the client's key.
@Suite(
    .enabled(
        if: EncryptedBroker.isWhole,
        """
        PENSTOCK_KAFKA_TLS_BOOTSTRAP, PENSTOCK_KAFKA_TLS_CA, PENSTOCK_KAFKA_MUTUAL_TLS_BOOTSTRAP \
        and PENSTOCK_KAFKA_TLS_CLIENT name no broker to test TLS against
        """),
    .enabled(if: StoreTools.hasKeytool, StoreTools.keytoolIsMissing))
struct StoreConnectionTests {
    private static let password = "store-secret"

    /// Worker settings for the trust store of a kind, made in the folder.
    private func trusting(
        _ kind: String, _ folder: borrowing StoreFolder
    ) throws -> [String: String] {
        let authority = try #require(EncryptedBroker.authority)
        guard kind != "PEM" else {
            return ["ssl.truststore.type": "PEM", "ssl.truststore.location": authority]
        }
        let (type, options) =
            kind == "Java 8" ? ("PKCS12", "-J-Dkeystore.pkcs12.legacy ") : (kind, "")
        let path = folder.path("trust")
        try folder.run(
            "keytool \(options)-importcert -noprompt -storetype \(type) -keystore \(path) "
                + "-storepass \(Self.password) -alias ca -file \(authority)")
        return [
            "ssl.truststore.type": type, "ssl.truststore.location": path,
            "ssl.truststore.password": Self.password,
        ]
    }

    /// Worker settings for the key store of a kind, made in the folder.
    private func proving(
        _ kind: String, _ folder: borrowing StoreFolder
    ) throws -> [String: String] {
        let client = try #require(EncryptedBroker.client)
        guard kind != "PEM" else {
            return ["ssl.keystore.type": "PEM", "ssl.keystore.location": client]
        }
        let options = kind == "Java 8" ? " -legacy" : ""
        try folder.run(
            "openssl pkcs12 -export -in \(client) -name client -out client.p12 "
                + "-passout pass:\(Self.password)\(options)")
        return [
            "ssl.keystore.type": "PKCS12", "ssl.keystore.location": folder.path("client.p12"),
            "ssl.keystore.password": Self.password, "ssl.key.password": Self.password,
        ]
    }

    private func translated(
        _ kind: ClientKind, _ bootstrap: String?, _ worker: [String: String], _ bench: Bench
    ) -> TranslatedSettings {
        var worker = worker.merging(
            ["bootstrap.servers": bootstrap ?? "", "security.protocol": "SSL"]
        ) { $1 }
        for (name, value) in Bench.quickGroup { worker["consumer." + name] = value }
        let result = ClientSettingSource(connector: bench.name, worker: worker)
            .translated(for: kind)
        #expect(!result.isRefused, "\(result.findings)")
        return result
    }

    /// Writes a record and reads it.
    private func exchange(
        _ bootstrap: String?, _ worker: [String: String], on bench: Bench
    ) async throws {
        let producer = try KafkaProducer(
            settings: translated(.producer, bootstrap, worker, bench), loop: bench.loop,
            blocking: bench.blocking, log: .disabled, onReports: { _ in }, onFailure: { _ in })
        let topic = bench.name
        let admin = try KafkaAdmin(
            settings: translated(.admin, bootstrap, worker, bench), loop: bench.loop,
            blocking: bench.blocking, log: .disabled)
        let specification = TopicSpecification(
            name: topic, partitionCount: 1, replicationFactor: 1)
        #expect(try await admin.createTopics([specification]) == [:])
        await admin.close()
        let result = Array("through".utf8).withUnsafeBytes {
            producer.produce(
                OutgoingRecord(key: nil, value: $0), to: topic, partition: 0, identifier: 0)
        }
        #expect(result == .queued)
        #expect(await producer.flush(timeout: .seconds(20)))
        await producer.close()
        let member = try Member(
            bench: bench, settings: translated(.consumer, bootstrap, worker, bench))
        try await member.consumer.subscribe(to: .names([topic]))
        #expect(try await bench.drive([member]) { !member.records.isEmpty })
        #expect(member.values == ["through"])
        await member.consumer.close(timeout: .seconds(10))
    }

    @Test(arguments: ["JKS", "PKCS12", "Java 8", "PEM"])
    func `Records go through a trust store`(kind: String) async throws {
        try await Bench.run(on: .mock) { bench in
            let folder = try StoreFolder()
            let settings = try trusting(kind, folder)
            try await exchange(EncryptedBroker.bootstrap, settings, on: bench)
        }
    }

    @Test(arguments: [("JKS", "PKCS12"), ("PKCS12", "Java 8"), ("PEM", "PEM")])
    func `A client proves its identity with the whole chain`(
        trust: String, key: String
    ) async throws {
        try await Bench.run(on: .mock) { bench in
            let folder = try StoreFolder()
            let settings = try trusting(trust, folder).merging(proving(key, folder)) { $1 }
            try await exchange(EncryptedBroker.mutualBootstrap, settings, on: bench)
        }
    }

    private func listing(
        _ bootstrap: String?, _ worker: [String: String], on bench: Bench
    ) async throws {
        let admin = try KafkaAdmin(
            settings: translated(.admin, bootstrap, worker, bench), loop: bench.loop,
            blocking: bench.blocking, log: .disabled)
        await #expect(throws: KafkaError.self) {
            try await admin.listTopics(timeout: .seconds(3))
        }
        await admin.close()
    }

    @Test func `A broker that wants an identity refuses a client without`() async throws {
        try await Bench.run(on: .mock) { bench in
            let folder = try StoreFolder()
            try await listing(
                EncryptedBroker.mutualBootstrap, trusting("JKS", folder), on: bench)
        }
    }

    @Test func `A broker of another authority is not talked to`() async throws {
        try await Bench.run(on: .mock) { bench in
            let folder = try StoreFolder()
            try folder.run(
                "keytool -importcert -noprompt -storetype JKS -keystore other.jks "
                    + "-storepass \(Self.password) -alias ca -file root.pem")
            let settings = [
                "ssl.truststore.location": folder.path("other.jks"),
                "ssl.truststore.password": Self.password,
            ]
            try await listing(EncryptedBroker.bootstrap, settings, on: bench)
        }
    }
}
