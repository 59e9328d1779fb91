extension JSONScanner {
    /// Whether a string can stand in JSON as it is.
    package static func isPlain(_ text: UnsafeRawBufferPointer) -> Bool {
        var offset = 0
        while true {
            offset = endOfPlainText(in: text, from: offset)
            guard offset < text.count else { return true }
            guard text[offset] >= 0x80 else { return false }
            offset += 1
        }
    }
}

extension OutputBuffer {
    /// Adds a string with its quotes; what JSON asks to be escaped is, and nothing else.
    package mutating func appendJSON(string: UnsafeRawBufferPointer) {
        append(UInt8(ascii: "\""))
        appendEscaped(string)
        append(UInt8(ascii: "\""))
    }

    /// Adds a string's content, escaped: the short forms where there are any, else `\u00XX`.
    package mutating func appendEscaped(_ string: UnsafeRawBufferPointer) {
        var start = 0
        while start < string.count {
            let end = JSONScanner.endOfPlainText(in: string, from: start)
            append(UnsafeRawBufferPointer(rebasing: string[start..<end]))
            guard end < string.count else { return }
            appendEscaped(string[end])
            start = end + 1
        }
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x08: append("\\b")
        case 0x09: append("\\t")
        case 0x0A: append("\\n")
        case 0x0C: append("\\f")
        case 0x0D: append("\\r")
        case ..<0x20:
            append("\\u00")
            append(Self.hexDigit(byte >> 4))
            append(Self.hexDigit(byte & 15))
        default: append(byte)
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    /// Adds bytes as base64 with padding.
    package mutating func appendBase64(_ bytes: UnsafeRawBufferPointer) {
        reserve((bytes.count + 2) / 3 * 4)
        var offset = 0
        while offset < bytes.count {
            let left = bytes.count - offset
            let first = UInt32(bytes[offset]) << 16
            let second = left > 1 ? UInt32(bytes[offset + 1]) << 8 : 0
            let group = first | second | (left > 2 ? UInt32(bytes[offset + 2]) : 0)
            append(Self.base64Digit(group >> 18))
            append(Self.base64Digit(group >> 12))
            append(left > 1 ? Self.base64Digit(group >> 6) : UInt8(ascii: "="))
            append(left > 2 ? Self.base64Digit(group) : UInt8(ascii: "="))
            offset += 3
        }
    }

    private static func base64Digit(_ value: UInt32) -> UInt8 {
        switch UInt8(truncatingIfNeeded: value & 63) {
        case let digit where digit < 26: UInt8(ascii: "A") + digit
        case let digit where digit < 52: UInt8(ascii: "a") + digit - 26
        case let digit where digit < 62: UInt8(ascii: "0") + digit - 52
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }
}
