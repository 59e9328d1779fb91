/// Undoes the escapes of one JSON string.
struct JSONStringDecoder {
    let text: UnsafeRawBufferPointer
    /// Where it reads; behind the closing quote when it has finished.
    private(set) var offset: Int

    init(text: UnsafeRawBufferPointer, offset: Int) {
        self.text = text
        self.offset = offset
    }

    /// Writes the string to memory that has room for it undecoded; returns how many bytes it took.
    mutating func decode(to output: UnsafeMutableRawPointer) throws(JSONError) -> Int {
        var count = 0
        while true {
            let start = offset
            while offset < text.count, text[offset] != 0x22, text[offset] != 0x5C {
                guard text[offset] >= 0x20 else { throw JSONError(.controlCharacter, at: offset) }
                offset += 1
            }
            guard offset < text.count else { throw JSONError(.unexpectedEnd, at: offset) }
            if let base = text.baseAddress {
                output.advanced(by: count).copyMemory(from: base + start, byteCount: offset - start)
            }
            count += offset - start
            if text[offset] == UInt8(ascii: "\"") {
                offset += 1
                return count
            }
            for byte in UTF8.encode(try escape()).unsafelyUnwrapped {
                output.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
                count += 1
            }
        }
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let start = offset
        guard offset + 1 < text.count else { throw JSONError(.unexpectedEnd, at: text.count) }
        let letter = text[offset + 1]
        offset += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(from: start)
        default: throw JSONError(.invalidEscape, at: start)
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(JSONError) -> Unicode.Scalar {
        guard let unit = JSONScanner.hex4(in: text, at: offset) else {
            throw JSONError(.invalidEscape, at: start)
        }
        offset += 4
        guard unit & 0xF800 == 0xD800 else { return Unicode.Scalar(unit).unsafelyUnwrapped }
        guard unit < 0xDC00, offset + 6 <= text.count, text[offset] == 0x5C,
            text[offset + 1] == UInt8(ascii: "u"),
            let low = JSONScanner.hex4(in: text, at: offset + 2), low & 0xFC00 == 0xDC00
        else { throw JSONError(.loneSurrogate, at: start) }
        offset += 6
        let scalar = 0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)
        return Unicode.Scalar(scalar).unsafelyUnwrapped
    }
}
