import PenstockIO

/// Why a trust store or key store cannot be used.
///
/// It says nothing of the file's place, which its reader knows, and nothing of passwords.
struct StoreError: Error, Hashable {
    /// What is wrong.
    enum Code: Hashable, Sendable {
        case missingFile
        case unreadable(SmallFile.Failure)
        /// The file is of another format than the configured type reads.
        case otherFormat(StoreFormat)
        case unknownFormat
        case damaged
        case passwordMissing
        case passwordWrong
        case keyPasswordMissing
        case keyPasswordWrong
        /// Encrypted by something that OpenSSL on this machine does not decrypt.
        case cipherUnsupported
        case certificateDamaged
        case noCertificate
        case noKey
        /// No certificate belongs to the private key.
        case noCertificateOfKey
        /// A Java key store's private keys are encrypted by a cipher of Sun's own.
        case keyOfJKS
    }

    let code: Code

    init(_ code: Code) { self.code = code }
}
