/// What a client proves its own identity with: a private key and the certificates that lead from it
/// to an authority.
struct KeyStore {
    /// The private key as a PEM text that is not encrypted: a secret.
    let key: String
    /// The key's own certificate, and behind it that of each one's issuer, as far as they are here.
    let chain: [StoreCertificate]
    /// How many private keys there are beside this one.
    let otherKeyCount: Int

    /// Reads a file of any format that the configured type reads.
    ///
    /// - Parameters:
    ///   - bytes: The file's content.
    ///   - type: The configured type; JKS where there is none.
    ///   - password: The store's password.
    ///   - keyPassword: The private key's password; the store's where there is none.
    /// - Throws: What is wrong with file or passwords.
    init(
        _ bytes: [UInt8], type: String?, password: String?, keyPassword: String?
    ) throws(StoreError) {
        switch try StoreFormat.ofFile(bytes, type: type) {
        case .pem:
            let text = String(decoding: bytes, as: UTF8.self)
            try self.init(key: text, certificates: text, password: keyPassword)
        case .jks, .jceks: throw StoreError(.keyOfJKS)
        case .pkcs12:
            guard let password else { throw StoreError(.passwordMissing) }
            let cryptography = try StoreCryptography()
            let store = try PKCS12Store(
                bytes, password: password, keyPassword: keyPassword ?? password, cryptography)
            try self.init(store.keys, store.certificates.map(\.certificate), cryptography)
        }
    }

    /// Reads PEM texts, which may be one and the same.
    init(key: String, certificates: String, password: String?) throws(StoreError) {
        let cryptography = try StoreCryptography()
        var keys: [String] = []
        for block in PEMText.blocks(in: key) where block.label.hasSuffix("PRIVATE KEY") {
            let key = try PrivateKeyHandle(pem: block.text, password: password, cryptography)
            keys.append(try key.pem())
        }
        try self.init(keys, TrustStore.certificates(in: certificates), cryptography)
    }

    private init(
        _ keys: [String], _ certificates: [StoreCertificate],
        _ cryptography: borrowing StoreCryptography
    ) throws(StoreError) {
        guard let first = keys.first else { throw StoreError(.noKey) }
        guard !certificates.isEmpty else { throw StoreError(.noCertificate) }
        let key = try PrivateKeyHandle(pem: first, password: nil, cryptography)
        self.key = first
        chain = try Self.chain(of: key, certificates)
        otherKeyCount = keys.count - 1
    }

    private static func chain(
        of key: borrowing PrivateKeyHandle, _ certificates: [StoreCertificate]
    ) throws(StoreError) -> [StoreCertificate] {
        var rest = certificates
        var chain: [StoreCertificate] = []
        for index in rest.indices where key.belongs(to: try X509Handle(pem: rest[index].pem)) {
            chain = [rest.remove(at: index)]
            break
        }
        guard var last = chain.first else { throw StoreError(.noCertificateOfKey) }
        search: while !last.isSelfIssued {
            for index in rest.indices where try rest[index].isIssuer(of: last) {
                last = rest.remove(at: index)
                chain.append(last)
                continue search
            }
            break
        }
        return chain
    }
}

extension KeyStore: CustomStringConvertible, CustomReflectable {
    /// The subject of the key's own certificate.
    var description: String { "a private key of \(chain[0].subject)" }

    var customMirror: Mirror { Mirror(self, children: ["chain": chain]) }
}
