/// What DynamoDB asks of bytes: base64 with its padding.
enum Base64Rule {
    /// How many bytes a text stands for.
    static func count(_ text: UnsafeRawBufferPointer) throws(ServiceFailure) -> Int {
        var padding = 0
        for byte in text.suffix(2).reversed() {
            guard byte == UInt8(ascii: "=") else { break }
            padding += 1
        }
        guard text.count % 4 == 0,
            text[..<(text.count - padding)].allSatisfy({ digit($0) != nil })
        else {
            throw .serialization("Base64 string is malformed")
        }
        return text.count / 4 * 3 - padding
    }

    /// The bytes that a text stands for.
    static func decode(_ text: UnsafeRawBufferPointer) throws(ServiceFailure) -> [UInt8] {
        let count = try count(text)
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        for (place, byte) in text.enumerated() {
            bits = bits << 6 | UInt32(digit(byte) ?? 0)
            guard place % 4 == 3 else { continue }
            for shift: UInt32 in [16, 8, 0] {
                bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
        }
        return Array(bytes.prefix(count))
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
