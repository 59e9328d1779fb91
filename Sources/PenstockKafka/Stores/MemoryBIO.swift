import CPenstockOpenSSL

/// The owner of an OpenSSL stream over memory.
struct MemoryBIO: ~Copyable {
    private let pointer: OpaquePointer

    /// A stream to write to.
    init() throws(StoreError) {
        guard let pointer = BIO_new(BIO_s_mem()) else { throw StoreError(.cipherUnsupported) }
        self.pointer = pointer
    }

    /// A stream that reads a copy of these bytes.
    init(_ bytes: some Sequence<UInt8>) throws(StoreError) {
        let bytes = Array(bytes)
        guard let pointer = BIO_new(BIO_s_mem()) else { throw StoreError(.cipherUnsupported) }
        guard bytes.isEmpty || BIO_write(pointer, bytes, CInt(bytes.count)) == bytes.count else {
            BIO_free(pointer)
            throw StoreError(.damaged)
        }
        self.pointer = pointer
    }

    deinit { BIO_free(pointer) }

    /// Lends the pointer.
    borrowing func withPointer<Result: ~Copyable>(
        _ body: (OpaquePointer) throws(StoreError) -> Result
    ) throws(StoreError) -> Result { try body(pointer) }

    /// What was written and not read.
    borrowing func text() -> String {
        var contents: UnsafeMutablePointer<CChar>?
        let count = penstock_bio_contents(pointer, &contents)
        let bytes = UnsafeRawBufferPointer(start: contents, count: max(0, count))
        return String(decoding: bytes, as: UTF8.self)
    }
}
