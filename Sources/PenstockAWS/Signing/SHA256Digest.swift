/// The 32 bytes of a SHA-256 digest.
struct SHA256Digest: Sendable {
    var bytes = InlineArray<32, UInt8>(repeating: 0)

    /// The 64 hexadecimal digits in lower case.
    var hexadecimal: String {
        String(unsafeUninitializedCapacity: 64) { buffer in
            writeHexadecimal(to: UnsafeMutableRawBufferPointer(buffer))
            return 64
        }
    }

    /// Writes the 64 hexadecimal digits, in lower case, to the front of a buffer.
    func writeHexadecimal(to buffer: UnsafeMutableRawBufferPointer) {
        for index in bytes.indices {
            buffer[index * 2] = Self.digit(bytes[index] >> 4)
            buffer[index * 2 + 1] = Self.digit(bytes[index] & 15)
        }
    }

    private static func digit(_ nibble: UInt8) -> UInt8 {
        nibble + (nibble < 10 ? 0x30 : 0x57)
    }
}
