extension SettingRules {
    /// The encryption of connections, and the certificates of both sides.
    static let encryption: [SettingRule] = [
        .init(
            "ssl.endpoint.identification.algorithm", .all, .text, .converted(hostNameCheck),
            "Whether a broker's certificate must bear its host name; empty switches the check off."),
        .init(
            "ssl.truststore.location", .all, .text, .converted(trustStore),
            "The file of certificates that are trusted."),
        .init(
            "ssl.truststore.type", .all, .text, .converted(typeOfStore("ssl.truststore")),
            "The format of the trust store: PEM, JKS or PKCS12."),
        .init(
            "ssl.truststore.password", .all, .secret, .converted(ofStore("ssl.truststore")),
            "The password of the trust store."),
        .init(
            "ssl.truststore.certificates", .all, .secret, .converted(trustedCertificates),
            "The certificates that are trusted, as PEM text."),
        .init(
            "ssl.keystore.location", .all, .text, .converted(keyStore),
            "The file of the client's own certificate and key."),
        .init(
            "ssl.keystore.type", .all, .text, .converted(typeOfStore("ssl.keystore")),
            "The format of the key store: PEM, JKS or PKCS12."),
        .init(
            "ssl.keystore.password", .all, .secret, .converted(ofStore("ssl.keystore")),
            "The password of the key store."),
        .init(
            "ssl.keystore.key", .all, .secret, .converted(privateKey),
            "The client's key, as PEM text."),
        .init(
            "ssl.keystore.certificate.chain", .all, .secret, .converted(certificateChain),
            "The client's certificate and those above it, as PEM text."),
        .init(
            "ssl.key.password", .all, .secret, .converted(keyPassword),
            "The password of the client's key."),
        .init(
            "ssl.cipher.suites", .all, .list, .converted(cipherSuites),
            "The cipher suites to offer, by their IANA names or by OpenSSL's."),
        .init(
            "ssl.enabled.protocols", .all, .list, .converted(protocolVersions),
            "No effect: TLS 1.2 and 1.3 are offered, unless OpenSSL's own configuration says else."),
        .init(
            "ssl.protocol", .all, .text, .converted(protocolVersions),
            "No effect: TLS 1.2 and 1.3 are offered, unless OpenSSL's own configuration says else."),
        .init(
            "ssl.provider", .all, .text, .withoutEffect, "No effect: OpenSSL does the encryption."),
        .init(
            "ssl.keymanager.algorithm", .all, .text, .withoutEffect,
            "No effect: OpenSSL does the encryption."),
        .init(
            "ssl.trustmanager.algorithm", .all, .text, .withoutEffect,
            "No effect: OpenSSL does the encryption."),
        .init(
            "ssl.secure.random.implementation", .all, .text, .withoutEffect,
            "No effect: OpenSSL does the encryption."),
        .init(
            "ssl.engine.factory.class", .all, .className,
            .refused("a Java class cannot make the TLS connections of this program"),
            "Must be empty: a Java class cannot make the connections of this program."),
        .init(
            "security.providers", .all, .text, .withoutEffect,
            "No effect: OpenSSL does the encryption."),
    ]

    /// Java switches the check off with an empty value, which the library calls `none`.
    static let hostNameCheck: Convert = { value, context in
        let name = "ssl.endpoint.identification.algorithm"
        guard context.usesTLS else { return .withoutEffect }
        guard value.isEmpty || value.lowercased() == "none" else {
            guard value.lowercased() == "https" else {
                return .refused("it must be https, or empty to switch the check off")
            }
            return .settings([(name, "https")])
        }
        return .noted(
            [(name, "none")],
            warning: "the broker's certificate is not compared with its host name: "
                + "whoever holds any trusted certificate can pose as the broker")
    }

    /// OpenSSL's own policy is TLS 1.2 and later.
    static let protocolVersions: Convert = { value, context in
        let versions = Set(value.split(separator: ",").map(String.init))
        guard context.usesTLS, !versions.isEmpty, !versions.contains("TLSv1.2") else {
            return .withoutEffect
        }
        // `ssl.protocol` names the newest version, so 1.3 alone means no more there.
        if versions == ["TLSv1.3"], context.value("ssl.protocol") == value,
            context.value("ssl.enabled.protocols") == nil
        {
            return .withoutEffect
        }
        return .ignored(warning: "TLS 1.2 and 1.3 are used, whatever is listed here")
    }
}
