import FoundationEssentials

/// The broker's listeners that ask for TLS, a certificate or a login, as the environment names them.
enum SecuredBroker {
    enum Listener: String, Sendable, CaseIterable {
        case plaintext = "PLAINTEXT"
        case tls = "SSL"
        /// TLS that demands a client's certificate.
        case mutualTLS = "mutual SSL"
        case login = "SASL_PLAINTEXT"
        case loginOverTLS = "SASL_SSL"

        /// What `security.protocol` says.
        var securityProtocol: String { self == .mutualTLS ? "SSL" : rawValue }

        var isEncrypted: Bool { self != .plaintext && self != .login }

        /// Its address, as `bootstrap.servers` takes it; empty where there is none.
        var address: String {
            let name =
                switch self {
                case .plaintext: "PENSTOCK_KAFKA_BOOTSTRAP"
                case .tls: "PENSTOCK_KAFKA_TLS_BOOTSTRAP"
                case .mutualTLS: "PENSTOCK_KAFKA_MUTUAL_TLS_BOOTSTRAP"
                case .login: "PENSTOCK_KAFKA_SASL_BOOTSTRAP"
                case .loginOverTLS: "PENSTOCK_KAFKA_SASL_TLS_BOOTSTRAP"
                }
            return variable(name)
        }
    }

    /// The certificate of the authority that signed the broker's, a PEM file.
    static let authority = variable("PENSTOCK_KAFKA_TLS_CA")
    /// A client's key and certificates, a PEM file.
    static let client = variable("PENSTOCK_KAFKA_TLS_CLIENT")

    static let user = "penstock"
    static let password = "penstock-secret"

    /// Whether all of it is there.
    static let isWhole =
        Listener.allCases.allSatisfy { !$0.address.isEmpty } && !authority.isEmpty
        && !client.isEmpty

    private static func variable(_ name: String) -> String {
        ProcessInfo.processInfo.environment[name] ?? ""
    }
}
