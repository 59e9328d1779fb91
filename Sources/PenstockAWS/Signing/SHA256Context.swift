internal import CPenstockOpenSSL

/// One running SHA-256 computation: the owner of OpenSSL's context for it.
struct SHA256Context: ~Copyable {
    private let context: OpaquePointer
    private let algorithm: SHA256Algorithm

    init() throws(SigningError) {
        let algorithm = try SHA256Algorithm.fetch()
        guard let context = EVP_MD_CTX_new() else {
            throw SigningError(.cryptographyUnavailable)
        }
        self.algorithm = algorithm
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Forgets what came before.
    mutating func start() throws(SigningError) {
        try check(EVP_DigestInit_ex2(context, algorithm.pointer, nil))
    }

    /// Goes on from where another computation stands.
    mutating func start(from other: borrowing SHA256Context) throws(SigningError) {
        try check(EVP_MD_CTX_copy_ex(context, other.context))
    }

    /// Takes in more bytes.
    mutating func update(_ bytes: RawSpan) throws(SigningError) {
        try check(
            bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) })
    }

    /// Ends the computation; `start` begins the next.
    mutating func finish() throws(SigningError) -> SHA256Digest {
        var digest = SHA256Digest()
        var bytes = digest.bytes.mutableSpan
        try check(
            bytes.withUnsafeMutableBytes { EVP_DigestFinal_ex(context, $0.baseAddress, nil) })
        return digest
    }

    /// The digest of these bytes alone.
    mutating func digest(_ bytes: RawSpan) throws(SigningError) -> SHA256Digest {
        try start()
        try update(bytes)
        return try finish()
    }

    private func check(_ code: CInt) throws(SigningError) {
        guard code == 1 else { throw SigningError(.cryptographyUnavailable) }
    }
}
