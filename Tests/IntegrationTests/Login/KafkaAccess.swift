import Testing

/// A way to reach Kafka, spelled as Java's clients have it.
struct KafkaAccess: Sendable, CustomTestStringConvertible {
    /// How to log in.
    enum Login: Sendable {
        case none
        /// By PLAIN or SCRAM.
        case password(mechanism: String)
        /// By tokens without a signature, which Java's clients make for tests.
        case unsignedTokens
        /// By tokens of an identity provider.
        case identityProvider
        /// By tokens of the program's own.
        case program
    }

    var listener: SecuredBroker.Listener
    var login = Login.none
    var trust: ClientStores.Kind?
    /// The client's key, where it has one.
    var key: ClientStores.Kind?

    var testDescription: String {
        let stores = [
            trust.map { "trust store \($0.rawValue)" }, key.map { "key store \($0.rawValue)" },
        ]
        let login: String? =
            switch login {
            case .none: nil
            case .password(let mechanism): mechanism
            case .unsignedTokens: "OAUTHBEARER, unsigned"
            case .identityProvider: "OAUTHBEARER, identity provider"
            case .program: "OAUTHBEARER, the program's tokens"
            }
        return ([listener.rawValue, login] + stores).compactMap(\.self).joined(separator: ", ")
    }

    /// The client settings by Java's names, with stores made in a folder and the identity
    /// provider's address.
    func settings(
        _ stores: ClientStores, tokenEndpoint: String = ""
    ) async throws -> [String: String] {
        var settings = ["security.protocol": listener.securityProtocol]
        if let trust { try await settings.merge(stores.trusting(trust)) { $1 } }
        if let key { try await settings.merge(stores.proving(key)) { $1 } }
        settings.merge(login.settings(tokenEndpoint: tokenEndpoint)) { $1 }
        return settings
    }
}

extension KafkaAccess.Login {
    private static let modules = "org.apache.kafka.common.security"

    fileprivate func settings(tokenEndpoint: String) -> [String: String] {
        switch self {
        case .none: return [:]
        case .password(let mechanism):
            let module = mechanism == "PLAIN" ? "plain.PlainLoginModule" : "scram.ScramLoginModule"
            return [
                "sasl.mechanism": mechanism,
                "sasl.jaas.config": "\(Self.modules).\(module) required "
                    + #"username="\#(SecuredBroker.user)" password="\#(SecuredBroker.password)";"#,
            ]
        case .unsignedTokens:
            return Self.bearer(#"unsecuredLoginStringClaim_sub="penstock""#)
        case .identityProvider:
            let names = [
                "sasl.oauthbearer.token.endpoint.url": tokenEndpoint,
                "sasl.login.callback.handler.class":
                    "\(Self.modules).oauthbearer.OAuthBearerLoginCallbackHandler",
            ]
            let options = #"clientId="connect" clientSecret="client-secret" scope="kafka""#
            return Self.bearer(options).merging(names) { $1 }
        case .program: return ["sasl.mechanism": "OAUTHBEARER"]
        }
    }

    private static func bearer(_ options: String) -> [String: String] {
        [
            "sasl.mechanism": "OAUTHBEARER",
            "sasl.jaas.config":
                "\(modules).oauthbearer.OAuthBearerLoginModule required \(options);",
        ]
    }
}
