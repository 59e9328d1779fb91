import Penstock

/// A certificate of a store.
struct StoreCertificate: Sendable, Hashable {
    /// The certificate as a PEM text.
    let pem: String
    let subject: String
    let isSelfIssued: Bool
    private let expiry: Timestamp
    /// The day on which it expires, such as 2031-01-31.
    let expiryDay: String

    init(_ handle: borrowing X509Handle) throws(StoreError) {
        guard let expiry = handle.expiry() else { throw StoreError(.certificateDamaged) }
        pem = try handle.pem()
        subject = try handle.subject()
        isSelfIssued = handle.isIssuer(of: handle)
        (self.expiry, expiryDay) = expiry
    }

    init(der: some Sequence<UInt8>) throws(StoreError) { try self.init(X509Handle(der: der)) }

    init(pem: String) throws(StoreError) { try self.init(X509Handle(pem: pem)) }

    func isExpired(at moment: Timestamp) -> Bool { expiry < moment }

    /// Whether this certificate can have signed the other one.
    func isIssuer(of other: StoreCertificate) throws(StoreError) -> Bool {
        try X509Handle(pem: pem).isIssuer(of: X509Handle(pem: other.pem))
    }
}

extension [StoreCertificate] {
    /// All of them as one PEM text.
    var pem: String { map(\.pem).joined() }
}
