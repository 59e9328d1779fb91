import Penstock

/// Tells which failures of a connection are final, and what to check.
///
/// librdkafka tries everything again and tells failures apart by their code only: a certificate that
/// is not trusted has the same code as a broker that stops in the middle of a handshake. So a
/// failure of TLS counts as final where it has lasted and no connection ever came about.
struct ConnectionJudge: Sendable {
    /// How long failures of TLS may last before the first connection.
    static let patience = Duration.seconds(10)

    private let mechanism: String?
    private let brokers: String
    private let securityProtocol: String
    private let version: LibraryVersion
    /// The failure of TLS that is under way.
    private var encryptionFailure: EncryptionFailure?

    private struct EncryptionFailure {
        var error: KafkaError
        var began: ContinuousClock.Instant
        /// When it was reported last.
        var last: ContinuousClock.Instant
        /// Whether a failure of the network was reported since: a broker that is away, or the same
        /// handshake, which the library reports as either by chance.
        var isInDoubt = false
    }

    /// When logins that worked once began to be refused, and when they were last.
    private var loginFailure: (began: ContinuousClock.Instant, last: ContinuousClock.Instant)?
    /// How long logins that worked once may be refused.
    private static let loginPatience = Duration.seconds(25)
    /// The time without a report after which a refusal counts as a new one: some versions report
    /// the same one every half minute only.
    private static let loginGap = Duration.seconds(90)

    /// How old the last report of a failure of TLS may be where the network fails as well.
    private static let recency = Duration.seconds(3)

    init(_ settings: TranslatedSettings, version: LibraryVersion = LibraryProperties.linked.version)
    {
        mechanism = settings.library["sasl.mechanisms"] ?? settings.library["sasl.mechanism"]
        brokers = settings.library["bootstrap.servers"] ?? ""
        securityProtocol = settings.library["security.protocol"] ?? "plaintext"
        self.version = version
    }

    /// The failure with its kind and what to check.
    ///
    /// - Parameters:
    ///   - error: What the library reports.
    ///   - now: When.
    ///   - lacksToken: Whether the client logs in by tokens and has none that is surely good.
    ///   - wasConnected: Whether there ever was a connection that worked.
    /// - Returns: The same failure, judged.
    mutating func judged(
        _ error: KafkaError, at now: ContinuousClock.Instant, lacksToken: Bool,
        wasConnected: Bool
    ) -> KafkaError {
        switch error.code {
        case .authentication where lacksToken:
            return error.with(.retriable, advice: "there is no token at the moment that is good")
        case .authentication:
            let isFinal = !wasConnected || hasLasted(at: now)
            return error.with(isFinal ? .fatal : .retriable, advice: adviceOnLogin)
        case .encryption:
            let judged = error.with(.retriable, advice: Self.adviceOnEncryption)
            note(judged, at: now)
            return judged
        case .transport, .resolve:
            encryptionFailure?.isInDoubt = true
            // Later the settings cannot be wrong: the broker restarts, or the network fails.
            guard !wasConnected else { return error }
            return error.with(
                .retriable,
                advice: error.code == .resolve ? Self.adviceOnName : adviceOnReachability)
        case .allBrokersDown where !wasConnected:
            // All that some versions say where a port speaks another protocol.
            return error.with(.retriable, advice: "\(brokers): \(adviceOnReachability)")
        default: return error
        }
    }

    /// Whether logins that worked once have been refused for long enough.
    ///
    /// A broker that stops in the middle of a login, or that has only just started and does not know
    /// its users yet, has the same code as a password that was changed.
    private mutating func hasLasted(at now: ContinuousClock.Instant) -> Bool {
        let isNew = loginFailure.map { now - $0.last > Self.loginGap } ?? true
        let began = isNew ? now : loginFailure?.began ?? now
        loginFailure = (began, now)
        return now - began >= Self.loginPatience
    }

    private mutating func note(_ error: KafkaError, at now: ContinuousClock.Instant) {
        var failure = encryptionFailure ?? EncryptionFailure(error: error, began: now, last: now)
        if failure.isInDoubt, now - failure.last >= Self.patience { failure.began = now }
        failure.error = error
        failure.last = now
        failure.isInDoubt = false
        encryptionFailure = failure
    }

    /// Whether time may make a failure final.
    var isWatching: Bool { encryptionFailure != nil }

    /// The failure of TLS that has become final; once.
    ///
    /// The library reports the same failure again after half a minute only, so that time counts and
    /// not the number of reports.
    ///
    /// - Parameters:
    ///   - now: This moment.
    ///   - wasConnected: Whether there ever was a connection that worked.
    /// - Returns: The failure as a fatal one; nil where there is none.
    mutating func final(at now: ContinuousClock.Instant, wasConnected: Bool) -> KafkaError? {
        guard let failure = encryptionFailure else { return nil }
        if wasConnected {
            encryptionFailure = nil
            return nil
        }
        guard now - failure.began >= Self.patience else { return nil }
        guard !failure.isInDoubt || now - failure.last < Self.recency else { return nil }
        encryptionFailure = nil
        return failure.error.with(.fatal)
    }

    private static let adviceOnEncryption =
        "check that the port speaks TLS, that ssl.truststore.location holds the authority of the "
        + "broker's certificate, and that the certificate is for the name in bootstrap.servers"

    private static let adviceOnName =
        "check the host's name, which comes from bootstrap.servers or from the broker's "
        + "advertised.listeners"

    /// TLS 1.3 brokers refuse a client's certificate when the handshake is over already, which has
    /// the code of a broken connection.
    private static let adviceOnClientCertificate =
        "; where the broker asks for a certificate, that ssl.keystore.location holds one it trusts"

    private var adviceOnReachability: String {
        let name = securityProtocol.uppercased()
        let login = name.hasPrefix("SASL") ? mechanism.map { " with sasl.mechanism=\($0)" } : nil
        return "check that a broker listens there, and that security.protocol=\(name)"
            + (login ?? "") + " is what its port speaks"
            + (name.hasSuffix("SSL") ? Self.adviceOnClientCertificate : "")
    }

    private var adviceOnLogin: String {
        switch mechanism?.uppercased() {
        case "PLAIN"?: "check user and password for PLAIN, and that the port takes PLAIN"
        case let name? where name.hasPrefix("SCRAM"):
            version < ClientSettingTranslator.firstVersionOfRightSCRAM
                ? "check user and password for \(name); librdkafka \(version) cannot log in by SCRAM "
                    + "to Kafka 3.8.1 or later at all: use librdkafka "
                    + "\(ClientSettingTranslator.firstVersionOfRightSCRAM) or later there"
                : "check user and password for \(name)"
        case "OAUTHBEARER"?:
            "the broker refuses the token of OAUTHBEARER: check audience, scope and issuer, and "
                + "what the token's owner may do"
        case let name?: "check the settings of \(name)"
        case nil: "check sasl.mechanism and sasl.jaas.config"
        }
    }
}

extension KafkaError {
    fileprivate func with(_ kind: ErrorKind, advice: String? = nil) -> KafkaError {
        KafkaError(
            code, kind: kind, requiresAbort: requiresAbort, topicPartition: topicPartition,
            detail: [detail, advice].compactMap(\.self).joined(separator: "; "))
    }
}
