import CPenstockOpenSSL

/// A PKCS #12 file, read for its certificates and private keys.
struct PKCS12Store {
    /// A certificate, and whether it carries Java's mark of a trusted one.
    struct Entry {
        var certificate: StoreCertificate
        var isMarked: Bool
    }

    private(set) var certificates: [Entry] = []
    /// The private keys, as PEM texts that are not encrypted.
    private(set) var keys: [String] = []

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: The file's content.
    ///   - password: The store's password. Without one what is not encrypted is read, unchecked, as
    ///     in Java.
    ///   - keyPassword: The private keys' password; nil where they are not wanted.
    ///   - cryptography: Where the ciphers come from.
    /// - Throws: What is wrong with file or passwords.
    init(
        _ bytes: [UInt8], password: String?, keyPassword: String?,
        _ cryptography: borrowing StoreCryptography
    ) throws(StoreError) {
        let file = try PKCS12Handle(bytes, cryptography)
        try file.check(password)
        try file.forEachBag(password) { (bag) throws(StoreError) in
            switch PKCS12_SAFEBAG_get_nid(bag) {
            case NID_certBag:
                if let entry = try Self.certificate(in: bag) { certificates.append(entry) }
            case NID_keyBag, NID_pkcs8ShroudedKeyBag:
                guard let keyPassword else { return }
                keys.append(try Self.key(in: bag, keyPassword, cryptography))
            default: break  // passwords and other secrets, lists of revoked certificates
            }
        }
    }

    /// The certificates that are trusted by such a store: those that Java marked, or all where none
    /// is, as in files of other programs.
    var trusted: [StoreCertificate] {
        let marked = certificates.filter(\.isMarked)
        return (marked.isEmpty ? certificates : marked).map(\.certificate)
    }

    private static func certificate(in bag: OpaquePointer) throws(StoreError) -> Entry? {
        guard PKCS12_SAFEBAG_get_bag_nid(bag) == NID_x509Certificate else { return nil }
        guard let pointer = PKCS12_SAFEBAG_get1_cert(bag) else {
            throw StoreError(.certificateDamaged)
        }
        return Entry(
            certificate: try StoreCertificate(X509Handle(owning: pointer)), isMarked: isMarked(bag))
    }

    private static func isMarked(_ bag: OpaquePointer) -> Bool {
        guard let mark = OBJ_txt2obj("2.16.840.1.113894.746875.1.1", 1) else { return false }
        defer { ASN1_OBJECT_free(mark) }
        return X509at_get_attr_by_OBJ(PKCS12_SAFEBAG_get0_attrs(bag), mark, -1) >= 0
    }

    private static func key(
        in bag: OpaquePointer, _ password: String, _ cryptography: borrowing StoreCryptography
    ) throws(StoreError) -> String {
        let key = try cryptography.withContext { (context) throws(StoreError) -> OpaquePointer in
            guard PKCS12_SAFEBAG_get_nid(bag) == NID_pkcs8ShroudedKeyBag else {
                guard let plain = PKCS12_SAFEBAG_get0_p8inf(bag),
                    let key = EVP_PKCS82PKEY_ex(plain, context, nil)
                else { throw StoreError(.damaged) }
                return key
            }
            let count = CInt(password.utf8.count)
            guard let plain = PKCS12_decrypt_skey_ex(bag, password, count, context, nil) else {
                throw StoreError(.keyPasswordWrong)
            }
            defer { PKCS8_PRIV_KEY_INFO_free(plain) }
            guard let key = EVP_PKCS82PKEY_ex(plain, context, nil) else {
                throw StoreError(.damaged)
            }
            return key
        }
        return try PrivateKeyHandle(owning: key).pem()
    }
}
