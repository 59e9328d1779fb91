import Glibc
import Penstock
import PenstockIO
import Testing

@testable import PenstockKafka

private enum EncryptedBroker {
    static let bootstrap = getenv("PENSTOCK_KAFKA_TLS_BOOTSTRAP").map { String(cString: $0) }
    static let authority = getenv("PENSTOCK_KAFKA_TLS_CA").map { String(cString: $0) }
}

/// Needs a broker's TLS listener, `PENSTOCK_KAFKA_TLS_BOOTSTRAP`, and the certificate of its
/// authority as a PEM file, `PENSTOCK_KAFKA_TLS_CA`.
@Suite(
    .enabled(
        if: EncryptedBroker.bootstrap != nil && EncryptedBroker.authority != nil,
        "PENSTOCK_KAFKA_TLS_BOOTSTRAP and PENSTOCK_KAFKA_TLS_CA name no broker to test TLS against"
    ))
struct EncryptionTests {
    private func names(_ more: [String: String], on bench: Bench) async throws -> [String] {
        let worker = [
            "bootstrap.servers": EncryptedBroker.bootstrap ?? "", "security.protocol": "SSL",
        ]
        let settings = ClientSettingSource(
            connector: bench.name, worker: worker.merging(more) { $1 }
        ).translated(for: .admin)
        #expect(!settings.isRefused)
        let admin = try KafkaAdmin(
            settings: settings, loop: bench.loop, blocking: bench.blocking, log: .disabled)
        let answer: Result<[TopicDescription], KafkaError>
        do throws(KafkaError) {
            answer = .success(try await admin.listTopics(timeout: .seconds(4)))
        } catch { answer = .failure(error) }
        await admin.close()
        return try answer.get().map(\.name)
    }

    @Test func `A broker is reached with its authority as a PEM trust store`() async throws {
        try await Bench.run(on: .mock) { bench in
            // It answers, though it may have no topics.
            _ = try await names(
                [
                    "ssl.truststore.type": "PEM",
                    "ssl.truststore.location": EncryptedBroker.authority ?? "",
                ],
                on: bench)
        }
    }

    @Test func `A broker of an unknown authority is not talked to`() async throws {
        try await Bench.run(on: .mock) { bench in
            let error = await #expect(throws: KafkaError.self) { try await names([:], on: bench) }
            #expect(error?.kind == .retriable)
        }
    }
}
