import CPenstockOpenSSL
import Glibc
import Penstock

/// The owner of one certificate of OpenSSL's.
struct X509Handle: ~Copyable {
    private let pointer: OpaquePointer

    /// Takes a certificate over.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    /// Reads a certificate's DER encoding.
    init(der: some Sequence<UInt8>) throws(StoreError) {
        let bio = try MemoryBIO(der)
        let pointer = try bio.withPointer { (bio) throws(StoreError) in d2i_X509_bio(bio, nil) }
        guard let pointer else { throw StoreError(.certificateDamaged) }
        self.pointer = pointer
    }

    /// Reads the first certificate of a PEM text.
    init(pem: String) throws(StoreError) {
        let bio = try MemoryBIO(pem.utf8)
        let pointer = try bio.withPointer { (bio) throws(StoreError) in
            PEM_read_bio_X509(bio, nil, nil, nil)
        }
        guard let pointer else { throw StoreError(.certificateDamaged) }
        self.pointer = pointer
    }

    deinit { X509_free(pointer) }

    /// Lends the pointer.
    borrowing func withPointer<Result: ~Copyable>(_ body: (OpaquePointer) -> Result) -> Result {
        body(pointer)
    }

    /// Whether this certificate can have signed the other one, by their names and key identifiers.
    borrowing func isIssuer(of other: borrowing X509Handle) -> Bool {
        X509_check_issued(pointer, other.pointer) == 0  // X509_V_OK
    }

    borrowing func pem() throws(StoreError) -> String {
        let bio = try MemoryBIO()
        let isWritten = try bio.withPointer { (bio) throws(StoreError) in
            PEM_write_bio_X509(bio, pointer) == 1
        }
        guard isWritten else { throw StoreError(.certificateDamaged) }
        return bio.text()
    }

    /// The subject's name as RFC 2253 writes it, control characters escaped.
    borrowing func subject() throws(StoreError) -> String {
        let bio = try MemoryBIO()
        try bio.withPointer { (bio) throws(StoreError) in
            // Characters beyond ASCII as UTF-8 rather than escaped.
            let flags = penstock_name_flags
            X509_NAME_print_ex(bio, X509_get_subject_name(pointer), 0, flags)
        }
        return bio.text()
    }

    /// The last moment of its validity, and that day as text; nil where it states none that is one.
    borrowing func expiry() -> (Timestamp, day: String)? {
        var time = tm()
        guard let notAfter = X509_get0_notAfter(pointer), ASN1_TIME_to_tm(notAfter, &time) == 1
        else { return nil }
        let seconds = timegm(&time)
        let parts = [Int(time.tm_year) + 1900, Int(time.tm_mon) + 1, Int(time.tm_mday)]
        let day = parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: "-")
        return (Timestamp(milliseconds: Int64(seconds) * 1000), day)
    }
}
