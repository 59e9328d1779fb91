/// The certificates of the authorities that a client trusts.
struct TrustStore {
    let certificates: [StoreCertificate]

    /// Reads a file of any format that the configured type reads.
    init(_ bytes: [UInt8], type: String?, password: String?) throws(StoreError) {
        switch try StoreFormat.ofFile(bytes, type: type) {
        case .pem: try self.init(pem: String(decoding: bytes, as: UTF8.self))
        case .jks, .jceks:
            let cryptography = try StoreCryptography()
            try self.init(JavaKeyStore(bytes, password: password, cryptography).trusted)
        case .pkcs12:
            let cryptography = try StoreCryptography()
            try self.init(
                PKCS12Store(bytes, password: password, keyPassword: nil, cryptography).trusted)
        }
    }

    /// Reads certificates from a PEM text.
    init(pem text: String) throws(StoreError) { try self.init(Self.certificates(in: text)) }

    private init(_ certificates: [StoreCertificate]) throws(StoreError) {
        guard !certificates.isEmpty else { throw StoreError(.noCertificate) }
        self.certificates = certificates
    }

    /// The certificates of a PEM text, in its order.
    static func certificates(in text: String) throws(StoreError) -> [StoreCertificate] {
        var certificates: [StoreCertificate] = []
        for block in PEMText.blocks(in: text) where block.label.hasSuffix("CERTIFICATE") {
            certificates.append(try StoreCertificate(pem: block.text))
        }
        return certificates
    }
}
