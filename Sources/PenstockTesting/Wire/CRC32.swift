/// The checksum of `x-amz-crc32`: CRC-32 as in Ethernet and zip.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in
            value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
        }
    }

    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        table.withUnsafeBufferPointer { table in
            bytes.withUnsafeBufferPointer { bytes in
                var value: UInt32 = .max
                var offset = 0
                while offset < bytes.count {
                    value =
                        table[Int(UInt8(truncatingIfNeeded: value) ^ bytes[offset])] ^ value >> 8
                    offset += 1
                }
                return ~value
            }
        }
    }
}
