import CPenstockOpenSSL

/// The owner of one private key of OpenSSL's.
struct PrivateKeyHandle: ~Copyable {
    private let pointer: OpaquePointer

    /// Takes a key over.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    /// Reads the first private key of a PEM text, decrypting it where it is encrypted.
    init(
        pem: String, password: String?, _ cryptography: borrowing StoreCryptography
    ) throws(StoreError) {
        let isEncrypted = pem.firstRange(of: "ENCRYPTED") != nil
        if isEncrypted, password == nil { throw StoreError(.keyPasswordMissing) }
        let bio = try MemoryBIO(pem.utf8)
        // Without a text in its place OpenSSL would ask for the password on the terminal.
        var secret = Array((password ?? "").utf8CString)
        let pointer = try cryptography.withContext { (context) throws(StoreError) in
            try bio.withPointer { (bio) throws(StoreError) in
                PEM_read_bio_PrivateKey_ex(bio, nil, nil, &secret, context, nil)
            }
        }
        guard let pointer else { throw StoreError(isEncrypted ? .keyPasswordWrong : .damaged) }
        self.pointer = pointer
    }

    deinit { EVP_PKEY_free(pointer) }

    borrowing func belongs(to certificate: borrowing X509Handle) -> Bool {
        defer { ERR_clear_error() }
        return certificate.withPointer { X509_check_private_key($0, pointer) == 1 }
    }

    /// The key as a PEM text, not encrypted.
    borrowing func pem() throws(StoreError) -> String {
        let bio = try MemoryBIO()
        let isWritten = try bio.withPointer { (bio) throws(StoreError) in
            PEM_write_bio_PKCS8PrivateKey(bio, pointer, nil, nil, 0, nil, nil) == 1
        }
        guard isWritten else { throw StoreError(.damaged) }
        return bio.text()
    }
}
