import Foundation
import Penstock
import Testing

@testable import PenstockKafka

/// No secret shows in what is said of settings.
@Suite struct `Secrets among client settings` {
    private static let canary = "canary-5f1c"

    /// Java's passwords, and what librdkafka has of that kind.
    private static let names =
        JavaClientCases.definitions.filter { $0.type == "PASSWORD" && $0.client == .consumer }
        .map(\.name) + [
            "sasl.password", "ssl.key.pem", "ssl.certificate.pem", "ssl.ca.pem",
            "sasl.oauthbearer.client.secret", "sasl.oauthbearer.config", "sasl.jaas.confg",
        ]

    @Test(arguments: names, ClientKind.allCases)
    func `show neither where they are right nor where they are wrong`(
        name: String, kind: ClientKind
    ) {
        for protocolName in ["ssl", "sasl_ssl", "plaintext", Self.canary] {
            let source = ClientSettingSource(
                connector: "c",
                worker: ["bootstrap.servers": "b:1", "security.protocol": protocolName],
                connectorSettings: [kind.overridePrefix + name: Self.canary])
            let result = source.translated(for: kind)
            var shown = "\(result.findings) \(result.faults(of: kind)) \(result.shown(for: kind))"
            shown += result.findings.map(\.explanation).joined()
            #expect(!shown.contains(Self.canary), "\(shown)")
        }
    }

    @Test func `and control characters are shown escaped`() {
        let result = SettingCase(.consumer, ["client.rack": "a\nb\u{1B}"]).translated()
        let shown = result.shown(for: .consumer).first { $0.name == "client.rack" }
        #expect(
            shown?.value == #"a\nb\u{1B}"# || shown?.value == #"a\nb\u{001B}"#, "\(shown as Any)")
    }
}
