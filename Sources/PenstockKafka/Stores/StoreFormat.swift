/// The formats of trust stores and key stores.
enum StoreFormat: Hashable, Sendable {
    case pem
    case jks
    case jceks
    case pkcs12

    /// The format of a file by its content, as Java tells JKS and PKCS12 apart; nil where it is none.
    init?(of bytes: [UInt8]) {
        if bytes.starts(with: [0xFE, 0xED, 0xFE, 0xED]) {
            self = .jks
        } else if bytes.starts(with: [0xCE, 0xCE, 0xCE, 0xCE]) {
            self = .jceks
        } else if bytes.first == 0x30, bytes.dropFirst().first ?? 0 >= 0x80 {
            // A sequence of ASN.1 that is longer than 127 bytes; a text goes on in ASCII.
            self = .pkcs12
        } else if PEMText.isFound(in: bytes) {
            self = .pem
        } else {
            return nil
        }
    }

    /// The format of a file, where the configured type reads it; Java's types but for PEM read each
    /// other's files.
    static func ofFile(_ bytes: [UInt8], type: String?) throws(StoreError) -> StoreFormat {
        guard let format = StoreFormat(of: bytes) else { throw StoreError(.unknownFormat) }
        let readable: [StoreFormat] = type?.uppercased() == "PEM" ? [.pem] : [.jks, .pkcs12]
        guard readable.contains(format) else { throw StoreError(.otherFormat(format)) }
        return format
    }

    /// The name by which the type settings know it.
    var name: String {
        switch self {
        case .pem: "PEM"
        case .jks: "JKS"
        case .jceks: "JCEKS"
        case .pkcs12: "PKCS12"
        }
    }
}
