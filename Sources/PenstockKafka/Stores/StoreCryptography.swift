import CPenstockOpenSSL

/// The owner of an OpenSSL library context for reading stores.
///
/// Files of Java 8 are encrypted with RC2, which OpenSSL 3 keeps in its `legacy` provider. It is
/// loaded here and nowhere else: in the process's own context it would serve every connection.
struct StoreCryptography: ~Copyable {
    private let context: OpaquePointer
    private let providers: [OpaquePointer]

    init() throws(StoreError) {
        guard let context = OSSL_LIB_CTX_new() else { throw StoreError(.cipherUnsupported) }
        self.context = context
        // Where the legacy one is not installed, newer files can be read all the same.
        providers = ["default", "legacy"].compactMap { (name: String) in
            OSSL_PROVIDER_load(context, name)
        }
        ERR_clear_error()
    }

    deinit {
        for provider in providers { OSSL_PROVIDER_unload(provider) }
        OSSL_LIB_CTX_free(context)
        // librdkafka looks at the thread's queue of errors after calls of its own.
        ERR_clear_error()
    }

    /// Lends the context.
    borrowing func withContext<Result: ~Copyable>(
        _ body: (OpaquePointer) throws(StoreError) -> Result
    ) throws(StoreError) -> Result { try body(context) }

    /// The SHA-1 digest of some bytes.
    borrowing func sha1(_ bytes: [UInt8]) throws(StoreError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 20)
        guard EVP_Q_digest(context, "SHA1", nil, bytes, bytes.count, &digest, nil) == 1 else {
            throw StoreError(.cipherUnsupported)
        }
        return digest
    }
}
