internal import CPenstockOpenSSL

/// OpenSSL's SHA-256, looked up once: a lookup per digest costs more than a small digest does.
///
/// Sendable: OpenSSL's algorithm objects are immutable and counted with atomics. It lives as long
/// as the process and is never freed.
struct SHA256Algorithm: @unchecked Sendable {
    let pointer: OpaquePointer

    private static let fetched = SHA256Algorithm()

    private init?() {
        guard let pointer = EVP_MD_fetch(nil, "SHA256", nil) else { return nil }
        self.pointer = pointer
    }

    /// The algorithm, or an error where the configuration of OpenSSL on this machine disables it.
    static func fetch() throws(SigningError) -> SHA256Algorithm {
        guard let fetched else { throw SigningError(.cryptographyUnavailable) }
        return fetched
    }
}
