import CPenstockOpenSSL

/// Looks into files of certificates in PEM form.
enum CertificateFile {
    /// How many certificates there are before the first that cannot be read.
    static func count(_ contents: [UInt8]) -> Int {
        guard contents.count <= Int(Int32.max) else { return 0 }
        return contents.withUnsafeBytes { bytes in
            guard let source = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else {
                return 0
            }
            defer {
                BIO_free(source)
                // The end of the file counts as one.
                ERR_clear_error()
            }
            var count = 0
            // Without a callback it would ask the terminal for the password of an encrypted one.
            while let certificate = PEM_read_bio_X509(source, nil, { _, _, _, _ in 0 }, nil) {
                X509_free(certificate)
                count += 1
            }
            return count
        }
    }
}
