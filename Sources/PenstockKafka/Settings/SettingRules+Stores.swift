extension SettingRules {
    static let trustStore: Convert = { value, context in
        guard context.usesTLS, !value.isEmpty else { return .withoutEffect }
        let settings = StoreSettings(context)
        do throws(StoreError) {
            return settings.trusting(try settings.trustStore(at: value), of: value)
        } catch {
            return .refused(settings.sentence(error, .trust, of: value))
        }
    }

    static let trustedCertificates: Convert = { value, context in
        guard context.usesTLS, !value.isEmpty else { return .withoutEffect }
        if let fault = fault(of: "ssl.truststore", context) { return .refused(fault) }
        let settings = StoreSettings(context)
        do throws(StoreError) {
            return settings.trusting(try TrustStore(pem: value), of: "it")
        } catch {
            return .refused(settings.sentence(error, .trust, of: "it"))
        }
    }

    static let keyStore: Convert = { value, context in
        guard context.usesTLS, !value.isEmpty else { return .withoutEffect }
        let settings = StoreSettings(context)
        do throws(StoreError) {
            return settings.proving(try settings.keyStore(at: value), of: value)
        } catch {
            return .refused(settings.sentence(error, .key, of: value))
        }
    }

    static let privateKey: Convert = { value, context in
        guard context.usesTLS, !value.isEmpty else { return .withoutEffect }
        if let fault = fault(of: "ssl.keystore", context) { return .refused(fault) }
        guard let chain = context.given("ssl.keystore.certificate.chain") else {
            return .refused("ssl.keystore.certificate.chain is missing, the key's certificate")
        }
        let settings = StoreSettings(context)
        do throws(StoreError) {
            return settings.proving(try settings.keyStore(key: value, chain: chain), of: "it")
        } catch {
            return .refused(settings.sentence(error, .key, of: "it"))
        }
    }

    /// The certificates go with the key.
    static let certificateChain: Convert = { value, context in
        guard context.usesTLS, !value.isEmpty else { return .withoutEffect }
        guard context.given("ssl.keystore.key") != nil else {
            return .refused("ssl.keystore.key is missing, the certificate's key")
        }
        return .used
    }

    /// A type or password alone does nothing; the store's location looks at it.
    static func ofStore(_ store: String) -> Convert {
        { _, context in
            context.usesTLS && context.given(store + ".location") != nil ? .used : .withoutEffect
        }
    }

    static func typeOfStore(_ store: String) -> Convert {
        let used = ofStore(store)
        return { value, context in
            ["PEM", "JKS", "PKCS12"].contains(value.uppercased())
                ? used(value, context) : .refused("the store types are PEM, JKS and PKCS12")
        }
    }

    /// Decrypts the key of a Java key store, or that of the library's own settings.
    static let keyPassword: Convert = { value, context in
        let keys = ["ssl.keystore.location", "ssl.keystore.key"]
        if context.usesTLS, keys.contains(where: { context.given($0) != nil }) { return .used }
        return .settings([("ssl.key.password", value)])
    }

    /// Why certificates and keys cannot stand in the settings themselves.
    private static func fault(of store: String, _ context: SettingContext) -> String? {
        if context.given(store + ".location") != nil {
            return "there is \(store).location too; only one of them can be"
        }
        let type = context.given(store + ".type") ?? "PEM"
        return type.uppercased() == "PEM" ? nil : "it needs \(store).type=PEM, not \(type)"
    }
}
