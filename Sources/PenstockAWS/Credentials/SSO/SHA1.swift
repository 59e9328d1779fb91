internal import CPenstockOpenSSL

/// SHA-1, for the names of cache files alone: it protects nothing.
enum SHA1 {
    /// The 40 hexadecimal digits of a text's digest; nil where OpenSSL's configuration on this
    /// machine disables SHA-1.
    static func hexadecimal(_ text: String) -> String? {
        guard let algorithm = EVP_MD_fetch(nil, "SHA1", nil) else { return nil }
        defer { EVP_MD_free(algorithm) }
        var digest = [UInt8](repeating: 0, count: 20)
        let bytes = Array(text.utf8)
        guard EVP_Digest(bytes, bytes.count, &digest, nil, algorithm, nil) == 1 else { return nil }
        return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
