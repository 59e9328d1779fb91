import CPenstockRDKafka

/// The headers of one record on its way to a producer.
package struct OutgoingHeaders: ~Copyable {
    private let pointer: OpaquePointer

    /// None yet.
    package init(capacity: Int = 4) { pointer = rd_kafka_headers_new(capacity) }

    deinit { rd_kafka_headers_destroy(pointer) }

    /// Adds a header behind those of the same name.
    ///
    /// Null is nil; empty bytes are not null.
    package mutating func append(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer?) {
        let start = name.assumingMemoryBound(to: CChar.self).baseAddress
        rd_kafka_header_add(
            pointer, start ?? emptyText, name.count, value.address, value?.count ?? 0)
    }

    /// Adds a header behind those of the same name.
    package mutating func append(name: String, value: UnsafeRawBufferPointer?) {
        var name = name
        name.withUTF8 { append(name: UnsafeRawBufferPointer($0), value: value) }
    }

    /// Gives the headers away to the library.
    consuming func release() -> OpaquePointer {
        let pointer = pointer
        discard self
        return pointer
    }
}

/// What an empty name points to; never written, never freed.
nonisolated(unsafe) private let emptyText: UnsafePointer<CChar> = {
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    text.pointee = 0
    return UnsafePointer(text)
}()

extension UnsafeRawBufferPointer? {
    /// The address as the library wants it: null is null, and empty bytes have an address.
    var address: UnsafeMutableRawPointer? {
        guard let self else { return nil }
        return UnsafeMutableRawPointer(mutating: self.baseAddress ?? UnsafeRawPointer(emptyText))
    }
}
