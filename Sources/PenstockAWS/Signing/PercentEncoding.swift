/// Percent-encoding as signatures demand it: everything but letters, digits and `-._~`.
package enum PercentEncoding {
    /// Appends bytes, encoded; slashes stay where the bytes are a path.
    static func append(
        _ bytes: some Sequence<UInt8>, to output: inout [UInt8], keepingSlash: Bool = false
    ) {
        for byte in bytes {
            if isUnreserved(byte) || keepingSlash && byte == 0x2F {
                output.append(byte)
            } else {
                output.append(0x25)
                output.append(digit(byte >> 4))
                output.append(digit(byte & 15))
            }
        }
    }

    /// A text, encoded.
    package static func encode(_ text: some StringProtocol) -> String {
        var output: [UInt8] = []
        append(text.utf8, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes that a text with `%XX` in it stands for; what is no such triple stays.
    static func decode(_ text: Substring) -> [UInt8] {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x25, index + 2 < bytes.count,
                let high = value(bytes[index + 1]), let low = value(bytes[index + 2])
            {
                output.append(high << 4 | low)
                index += 3
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return output
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }

    private static func digit(_ nibble: UInt8) -> UInt8 { nibble + (nibble < 10 ? 0x30 : 0x37) }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x37
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }
}
