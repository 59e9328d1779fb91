/// Bytes of a record as Kafka holds them: a view into the memory of its batch.
public struct RecordBytes: Sendable {
    package let arena: ValueArena
    package let range: ByteRange

    package init(arena: ValueArena, range: ByteRange) {
        self.arena = arena
        self.range = range
    }

    /// Copies bytes into memory of their own.
    public init(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        arena = ValueArena(byteCapacity: bytes.count)
        range = bytes.withUnsafeBytes { [arena] in arena.append($0) }
    }

    /// How many there are.
    public var count: Int { Int(range.count) }

    /// Lends the bytes without copying them.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result { try body(arena[range]) }
}

extension Array where Element == UInt8 {
    /// Copies a record's bytes.
    public init(_ bytes: RecordBytes) { self = bytes.withUnsafeBytes { [UInt8]($0) } }
}
