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
        var last: ContinuousClock.Instant
        /// Whether something else stands in the way since then, such as a broker that is away.
        var isInterrupted = false
    }

    /// How long something else may stand in the way before a failure of TLS counts as a new one:
    /// some versions report the same one now and then as a lost connection.
    private static let interruption = Duration.seconds(2)

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
    ///   - lacksToken: Whether the client logs in by tokens and has none that is good.
    /// - Returns: The same failure, judged.
    mutating func judged(
        _ error: KafkaError, at now: ContinuousClock.Instant, lacksToken: Bool
    ) -> KafkaError {
        switch error.code {
        case .authentication where lacksToken:
            return error.with(.retriable, advice: "there is no token at the moment that is good")
        case .authentication: return error.with(.fatal, advice: adviceOnLogin)
        case .encryption:
            let judged = error.with(.retriable, advice: Self.adviceOnEncryption)
            note(judged, at: now)
            return judged
        case .transport, .resolve:
            encryptionFailure?.isInterrupted = true
            return error
        case .allBrokersDown:
            // All that some versions say where a port speaks another protocol.
            return error.with(
                error.kind,
                advice: "of \(brokers); check that they listen there, and that "
                    + "security.protocol=\(securityProtocol.uppercased()) is what they speak")
        default: return error
        }
    }

    private mutating func note(_ error: KafkaError, at now: ContinuousClock.Instant) {
        var failure = encryptionFailure ?? EncryptionFailure(error: error, began: now, last: now)
        if failure.isInterrupted, now - failure.last > Self.interruption { failure.began = now }
        failure.error = error
        failure.last = now
        failure.isInterrupted = false
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
        guard !failure.isInterrupted, now - failure.began >= Self.patience else { return nil }
        encryptionFailure = nil
        return failure.error.with(.fatal)
    }

    private static let adviceOnEncryption =
        "check that the port speaks TLS, that ssl.truststore.location holds the authority of the "
        + "broker's certificate, and that the certificate is for the name in bootstrap.servers"

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
