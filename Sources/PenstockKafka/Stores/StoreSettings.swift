import Penstock
import PenstockIO

/// Reads what the settings of trust stores and key stores name, and says in their words what is
/// wrong with it.
struct StoreSettings {
    /// Which of a client's two stores.
    enum Role: String {
        case trust = "ssl.truststore"
        case key = "ssl.keystore"
    }

    let context: SettingContext

    init(_ context: SettingContext) { self.context = context }

    /// The trust store at a path, or why there is none.
    func trustStore(at path: String) throws(StoreError) -> TrustStore {
        try TrustStore(
            contents(of: path), type: context.value("ssl.truststore.type"),
            password: context.value("ssl.truststore.password"))
    }

    /// The key store at a path, or why there is none.
    func keyStore(at path: String) throws(StoreError) -> KeyStore {
        try KeyStore(
            contents(of: path), type: context.value("ssl.keystore.type"),
            password: context.value("ssl.keystore.password"),
            keyPassword: context.value("ssl.key.password"))
    }

    /// The key and chain that two settings hold as texts.
    func keyStore(key: String, chain: String) throws(StoreError) -> KeyStore {
        try KeyStore(key: key, certificates: chain, password: context.value("ssl.key.password"))
    }

    private func contents(of path: String) throws(StoreError) -> [UInt8] {
        let bytes: [UInt8]?
        do throws(SmallFile.Failure) { bytes = try context.stores.read(path) } catch {
            throw StoreError(.unreadable(error))
        }
        guard let bytes else { throw StoreError(.missingFile) }
        return bytes
    }
}

// MARK: - In the library's terms

extension StoreSettings {
    /// What trusting these certificates is to the library.
    func trusting(_ store: TrustStore, of place: String) -> SettingRule.Conversion {
        var warnings = expired(store.certificates, of: place)
        if !store.certificates.contains(where: \.isSelfIssued) {
            warnings.append(
                "\(place) holds no certificate of a root: other than Java's clients, OpenSSL only "
                    + "trusts what leads to one; add that of the root")
        }
        let settings = [(name: "ssl.ca.pem", value: store.certificates.pem + links)]
        return conversion(settings, warnings)
    }

    /// What proving one's identity with this key is to the library.
    func proving(_ store: KeyStore, of place: String) -> SettingRule.Conversion {
        var warnings = expired(store.chain, of: place)
        if store.otherKeyCount > 0 {
            warnings.append(
                "\(place) holds \(store.otherKeyCount + 1) private keys; the first is used, of "
                    + store.chain[0].subject)
        }
        let settings = [
            (name: "ssl.certificate.pem", value: store.chain.pem),
            (name: "ssl.key.pem", value: store.key),
        ]
        return conversion(settings, warnings)
    }

    /// The certificates between the client's own and its root's, where the library does not send
    /// them by itself: OpenSSL then completes the chain from the trusted ones.
    ///
    /// None of them is trusted by that, since what OpenSSL trusts has to lead to a root.
    private var links: String {
        guard context.library.version < LibraryVersion(2, 8) else { return "" }
        let store: KeyStore?
        if let path = context.given("ssl.keystore.location") {
            store = try? keyStore(at: path)
        } else if let key = context.given("ssl.keystore.key") {
            store = try? keyStore(
                key: key, chain: context.value("ssl.keystore.certificate.chain") ?? "")
        } else {
            store = nil
        }
        return store?.chain.dropFirst().filter { !$0.isSelfIssued }.map(\.pem).joined() ?? ""
    }

    private func conversion(
        _ settings: [(name: String, value: String)], _ warnings: [String]
    ) -> SettingRule.Conversion {
        warnings.isEmpty
            ? .settings(settings)
            : .noted(settings, warning: warnings.joined(separator: "; "))
    }

    /// A sentence for each of the first expired certificates, and one for how many more there are.
    private func expired(_ certificates: [StoreCertificate], of place: String) -> [String] {
        let now = context.stores.now()
        let expired = certificates.filter { $0.isExpired(at: now) }
        var sentences = expired.prefix(3).map {
            "the certificate of \($0.subject) in \(place) expired on \($0.expiryDay)"
        }
        if expired.count > 3 { sentences.append("so did \(expired.count - 3) more") }
        return sentences
    }
}

extension SettingContext {
    /// The value of a setting that is given and not empty.
    func given(_ name: String) -> String? { value(name).flatMap { $0.isEmpty ? nil : $0 } }
}
