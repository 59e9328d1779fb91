extension SettingRules {
    /// Java switches the check off with an empty value, which the library calls `none`.
    static let hostNameCheck: Convert = { value, context in
        let name = "ssl.endpoint.identification.algorithm"
        guard context.usesTLS else { return .withoutEffect }
        guard value.isEmpty || value.lowercased() == "none" else {
            return .settings([(name, value.lowercased())])
        }
        return .noted(
            [(name, "none")],
            warning: "the broker's certificate is not compared with its host name: "
                + "whoever holds any trusted certificate can pose as the broker")
    }

    static let trustStore: Convert = { value, context in
        guard context.usesTLS, !value.isEmpty else { return .withoutEffect }
        guard isPEM(context.value("ssl.truststore.type")) else {
            return .refused(storeRefusal(of: "ssl.truststore.type"))
        }
        return .settings([("ssl.ca.location", value)])
    }

    static let keyStore: Convert = { value, context in
        guard context.usesTLS, !value.isEmpty else { return .withoutEffect }
        guard isPEM(context.value("ssl.keystore.type")) else {
            return .refused(storeRefusal(of: "ssl.keystore.type"))
        }
        return .settings([("ssl.certificate.location", value), ("ssl.key.location", value)])
    }

    /// A type alone does nothing; the store's location looks at it.
    static let storeType: Convert = { value, _ in
        ["PEM", "JKS", "PKCS12"].contains(value.uppercased())
            ? .withoutEffect : .refused("the store types are PEM, JKS and PKCS12")
    }

    static let cipherSuites: Convert = { value, context in
        guard context.usesTLS, !value.isEmpty else { return .withoutEffect }
        guard !value.contains("_") else {
            return .refused("IANA's suite names are not supported yet; write OpenSSL's own")
        }
        return .settings([("ssl.cipher.suites", value)])
    }

    /// OpenSSL's own policy is TLS 1.2 and later.
    static let protocolVersions: Convert = { value, context in
        let versions = Set(value.split(separator: ",").map { String($0).trimmed })
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

    private static func isPEM(_ type: String?) -> Bool { type?.uppercased() == "PEM" }

    private static func storeRefusal(of property: String) -> String {
        "Java's key store formats (JKS, PKCS12) are not supported yet: "
            + "convert the store to PEM and set \(property)=PEM"
    }
}
