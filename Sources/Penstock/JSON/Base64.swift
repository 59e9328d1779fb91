/// Base64 with padding, as JSON carries bytes.
package enum Base64 {
    /// The most bytes that so many characters stand for.
    package static func decodedLimit(of count: Int) -> Int { (count + 3) / 4 * 3 }

    /// Decodes text to memory that has room for ``decodedLimit(of:)`` bytes.
    ///
    /// Padding is required, white space is allowed in front of each group of four characters.
    /// - Returns: How many bytes it stands for; nil where it is not base64.
    package static func decode(
        _ text: UnsafeRawBufferPointer, to output: UnsafeMutableRawPointer
    ) -> Int? {
        var offset = 0
        var count = 0
        while true {
            while offset < text.count, text[offset] <= 0x20 { offset += 1 }
            guard offset < text.count else { return count }
            guard offset + 4 <= text.count,
                let group = group(in: text, at: offset)
            else { return nil }
            for place in 0..<group.count {
                let byte = UInt8(truncatingIfNeeded: group.bits >> UInt32(16 - 8 * place))
                output.storeBytes(of: byte, toByteOffset: count + place, as: UInt8.self)
            }
            count += group.count
            offset += 4
            if group.count < 3 {
                return text[offset...].allSatisfy { $0 <= 0x20 } ? count : nil
            }
        }
    }

    /// The bytes that a text stands for, by the same rules; nil where it is not base64.
    package static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        // An array made with no capacity writes its count into the one that all empty arrays share.
        if text.isEmpty { return [] }
        var isValid = true
        let limit = decodedLimit(of: text.count)
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            let decoded = decode(text, to: UnsafeMutableRawPointer(start))
            isValid = decoded != nil
            count = decoded ?? 0
        }
        return isValid ? bytes : nil
    }

    private static func group(
        in text: UnsafeRawBufferPointer, at offset: Int
    ) -> (bits: UInt32, count: Int)? {
        let padding = UInt8(ascii: "=")
        guard let first = digit(text[offset]), let second = digit(text[offset + 1]) else {
            return nil
        }
        let bits = first << 18 | second << 12
        if text[offset + 2] == padding {
            return text[offset + 3] == padding ? (bits, 1) : nil
        }
        guard let third = digit(text[offset + 2]) else { return nil }
        if text[offset + 3] == padding { return (bits | third << 6, 2) }
        guard let fourth = digit(text[offset + 3]) else { return nil }
        return (bits | third << 6 | fourth, 3)
    }

    private static func digit(_ character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
