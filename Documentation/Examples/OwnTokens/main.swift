// Tokens that something else on this machine keeps fresh in a file, as Kubernetes does: a provider of
// the program's own, for the mechanism OAUTHBEARER.

import FoundationEssentials
import Penstock
import PenstockDynamoDBSink
import PenstockKafka
import PenstockRuntime

struct FileTokens: TokenProvider {
    let path: String

    func token() async throws(TokenError) -> OAuthToken {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw TokenError(.unavailable, "\(path) cannot be read.")
        }
        // Whoever keeps the file promises ten minutes at least.
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        return OAuthToken(
            value: String(text.prefix { !$0.isWhitespace }), principal: "orders",
            issued: Timestamp(milliseconds: now),
            expiration: Timestamp(milliseconds: now + 600_000))
    }
}

let runner = ConnectorRunner(
    name: "orders",
    connector: DynamoDBSink(table: "orders"),
    topics: ["orders"],
    kafka: [
        "bootstrap.servers": "kafka.example.com:9094",
        "security.protocol": "SASL_SSL",
        "sasl.mechanism": "OAUTHBEARER",
    ],
    tokens: FileTokens(path: "/var/run/secrets/tokens/kafka"))
try await runner.run()
