import CPenstockOpenSSL

/// The owner of one PKCS #12 file of OpenSSL's.
struct PKCS12Handle: ~Copyable {
    private let pointer: OpaquePointer

    /// Java's own limit; more would be hours of work.
    private static let mostIterations = 5_000_000
    /// Bags may hold bags; nobody writes them so.
    private static let deepest = 4

    init(
        _ bytes: [UInt8], _ cryptography: borrowing StoreCryptography
    ) throws(StoreError) {
        let bio = try MemoryBIO(bytes)
        // The file keeps the context of the object it is read into.
        var file = try cryptography.withContext { (context) throws(StoreError) in
            PKCS12_init_ex(NID_pkcs7_data, context, nil)
        }
        let pointer = try bio.withPointer { (bio) throws(StoreError) in
            d2i_PKCS12_bio(bio, &file)
        }
        // What fails to be read frees the object.
        guard let pointer else { throw StoreError(.damaged) }
        self.pointer = pointer
    }

    deinit { PKCS12_free(pointer) }

    /// Checks password and content by the file's digest, where it has one.
    borrowing func check(_ password: String?) throws(StoreError) {
        guard let password, PKCS12_mac_present(pointer) == 1 else { return }
        var iterations: UnsafePointer<ASN1_INTEGER>?
        PKCS12_get0_mac(nil, nil, nil, &iterations, pointer)
        if let iterations, !(0...Self.mostIterations).contains(ASN1_INTEGER_get(iterations)) {
            throw StoreError(.damaged)
        }
        if PKCS12_verify_mac(pointer, password, CInt(password.utf8.count)) == 1 { return }
        // No password is written in two ways.
        if password.isEmpty, PKCS12_verify_mac(pointer, nil, 0) == 1 { return }
        throw StoreError(.passwordWrong)
    }

    /// Lends every bag of the file.
    borrowing func forEachBag(
        _ password: String?, _ body: (OpaquePointer) throws(StoreError) -> Void
    ) throws(StoreError) {
        guard let safes = PKCS12_unpack_authsafes(pointer) else { throw StoreError(.damaged) }
        defer { penstock_free_safes(safes) }
        for index in 0..<penstock_safe_count(safes) {
            guard let safe = penstock_safe(safes, index) else { continue }
            guard let bags = try bags(in: safe, password) else { continue }
            defer { penstock_free_bags(bags) }
            try Self.forEachBag(of: bags, depth: 0, body)
        }
    }

    private borrowing func bags(
        in safe: UnsafeMutablePointer<PKCS7>, _ password: String?
    ) throws(StoreError) -> OpaquePointer? {
        switch OBJ_obj2nid(safe.pointee.type) {
        case NID_pkcs7_data:
            guard let bags = PKCS12_unpack_p7data(safe) else { throw StoreError(.damaged) }
            return bags
        case NID_pkcs7_encrypted:
            guard let password else { throw StoreError(.passwordMissing) }
            let count = CInt(password.utf8.count)
            if let bags = PKCS12_unpack_p7encdata(safe, password, count) { return bags }
            if password.isEmpty, let bags = PKCS12_unpack_p7encdata(safe, nil, 0) { return bags }
            // With a digest the password is known to be right.
            let isChecked = PKCS12_mac_present(pointer) == 1
            throw StoreError(isChecked ? .cipherUnsupported : .passwordWrong)
        default: return nil
        }
    }

    private static func forEachBag(
        of bags: OpaquePointer, depth: Int, _ body: (OpaquePointer) throws(StoreError) -> Void
    ) throws(StoreError) {
        guard depth < deepest else { throw StoreError(.damaged) }
        for index in 0..<penstock_bag_count(bags) {
            guard let bag = penstock_bag(bags, index) else { continue }
            if PKCS12_SAFEBAG_get_nid(bag) == NID_safeContentsBag {
                guard let inner = PKCS12_SAFEBAG_get0_safes(bag) else { continue }
                try forEachBag(of: inner, depth: depth + 1, body)
            } else {
                try body(bag)
            }
        }
    }
}
