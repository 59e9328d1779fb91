import Glibc
import Penstock
import Testing

@testable import PenstockKafka

/// The listeners of a real broker that ask for a login.
enum LoginBroker {
    static let plain = variable("PENSTOCK_KAFKA_SASL_BOOTSTRAP")
    static let encrypted = variable("PENSTOCK_KAFKA_SASL_TLS_BOOTSTRAP")
    static let authority = variable("PENSTOCK_KAFKA_TLS_CA")
    static let user = "penstock"
    static let password = "penstock-secret"

    static let isMissing: Comment =
        "PENSTOCK_KAFKA_SASL_BOOTSTRAP and PENSTOCK_KAFKA_SASL_TLS_BOOTSTRAP name no broker to log in to"
    static let isThere = plain != nil && encrypted != nil

    /// Whether the library can log in by SCRAM to the test's broker.
    static let hasWholeSCRAM = LibraryProperties.linked.version >= LibraryVersion(2, 6, 1)

    /// The settings that lead to a listener.
    static func settings(encrypted isEncrypted: Bool) -> [String: String] {
        guard isEncrypted else {
            return ["bootstrap.servers": plain ?? "", "security.protocol": "SASL_PLAINTEXT"]
        }
        return [
            "bootstrap.servers": encrypted ?? "", "security.protocol": "SASL_SSL",
            "ssl.truststore.type": "PEM", "ssl.truststore.location": authority ?? "",
        ]
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
