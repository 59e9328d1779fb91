/// Bytes that are written once, from front to back, and then lent.
///
/// It grows by doubling and keeps its memory when it is cleared.
package struct OutputBuffer: ~Copyable {
    @usableFromInline var base: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int
    package internal(set) var count = 0

    package init(capacity: Int = 1024) {
        self.capacity = max(capacity, 16)
        base = .allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit { base.deallocate() }

    /// The bytes written so far; valid until the buffer is next written to.
    package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// Forgets the bytes behind a length.
    package mutating func truncate(to length: Int) { count = min(count, length) }

    /// Forgets everything, and keeps its memory up to the given number of bytes.
    package mutating func reset(keeping limit: Int) {
        count = 0
        guard capacity > limit else { return }
        base.deallocate()
        capacity = 1024
        base = .allocate(byteCount: capacity, alignment: 16)
    }

    @inlinable
    package mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(more) }
    }

    @inline(never)
    @usableFromInline
    mutating func grow(_ more: Int) {
        let larger = max(capacity * 2, count + more)
        let grown = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        grown.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = grown
        capacity = larger
    }

    @inlinable
    package mutating func append(_ byte: UInt8) {
        reserve(1)
        base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    @inlinable
    package mutating func append(_ source: UnsafeRawBufferPointer) {
        reserve(source.count)
        if let start = source.baseAddress {
            base.advanced(by: count).copyMemory(from: start, byteCount: source.count)
        }
        count += source.count
    }

    @inlinable
    package mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Adds a decimal integer.
    package mutating func append(_ value: Int64) {
        reserve(20)
        var magnitude = value.magnitude
        if value < 0 { append(UInt8(ascii: "-")) }
        var digits = 1
        var rest = magnitude / 10
        while rest > 0 {
            digits += 1
            rest /= 10
        }
        for place in stride(from: count + digits - 1, through: count, by: -1) {
            base.storeBytes(
                of: 0x30 + UInt8(truncatingIfNeeded: magnitude % 10), toByteOffset: place,
                as: UInt8.self)
            magnitude /= 10
        }
        count += digits
    }

    /// Adds a string's UTF-8.
    ///
    /// Under a name of its own: a literal would otherwise be taken for a `String`, at five times the
    /// cost.
    package mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }
}
