/// A file of Java's own format, JKS, read for its certificates.
///
/// They are not encrypted; a digest over password and content tells whether the password is right
/// and the content whole. Private keys are encrypted by a cipher of Sun's own and left alone.
struct JavaKeyStore {
    /// The certificates that are trusted by such a store: those of trusted entries, and of each
    /// private key its own.
    private(set) var trusted: [StoreCertificate] = []
    private(set) var keyCount = 0

    private var bytes: [UInt8]
    private var next = 0

    /// Reads a file; without a password its digest is not looked at, as in Java.
    init(
        _ bytes: [UInt8], password: String?, _ cryptography: borrowing StoreCryptography
    ) throws(StoreError) {
        self.bytes = bytes
        // The magic number is what made the file one of these.
        next = 4
        let version = try number(4)
        guard version == 1 || version == 2 else { throw StoreError(.damaged) }
        let count = try number(4)
        // Before anything is made of the content: it may have been changed.
        if let password { try checkDigest(password, cryptography) }
        for _ in 0..<count { try readEntry(version) }
    }

    private func checkDigest(
        _ password: String, _ cryptography: borrowing StoreCryptography
    ) throws(StoreError) {
        guard bytes.count >= next + 20 else { throw StoreError(.damaged) }
        let content = bytes.dropLast(20)
        let secret = password.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        let digest = try cryptography.sha1(secret + Array("Mighty Aphrodite".utf8) + content)
        guard digest == Array(bytes.suffix(20)) else { throw StoreError(.passwordWrong) }
    }

    private mutating func readEntry(_ version: Int) throws(StoreError) {
        let tag = try number(4)
        _ = try part(try number(2))  // its alias
        _ = try part(8)  // its date
        switch tag {
        case 1:
            _ = try part(try number(4))
            keyCount += 1
            for index in 0..<(try number(4)) {
                let certificate = try readCertificate(version)
                if index == 0 { trusted.append(try StoreCertificate(der: certificate)) }
            }
        case 2: trusted.append(try StoreCertificate(der: try readCertificate(version)))
        default: throw StoreError(.damaged)
        }
    }

    private mutating func readCertificate(_ version: Int) throws(StoreError) -> ArraySlice<UInt8> {
        if version == 2 { _ = try part(try number(2)) }  // its type
        return try part(try number(4))
    }

    /// A number of so many bytes, the highest first.
    private mutating func number(_ size: Int) throws(StoreError) -> Int {
        try part(size).reduce(0) { $0 << 8 | Int($1) }
    }

    private mutating func part(_ size: Int) throws(StoreError) -> ArraySlice<UInt8> {
        guard size <= bytes.count - next else { throw StoreError(.damaged) }
        defer { next += size }
        return bytes[next..<(next + size)]
    }
}
