/// The pieces of JSON's grammar that need no memory of what came before.
package enum JSONScanner {
    /// The end of the number that begins at an offset; nil where none does.
    package static func number(in text: UnsafeRawBufferPointer, at start: Int) -> Int? {
        var offset = start
        if offset < text.count, text[offset] == UInt8(ascii: "-") { offset += 1 }
        guard offset < text.count else { return nil }
        if text[offset] == UInt8(ascii: "0") {
            offset += 1
        } else {
            guard let end = digits(in: text, at: offset) else { return nil }
            offset = end
        }
        if offset < text.count, text[offset] == UInt8(ascii: ".") {
            guard let end = digits(in: text, at: offset + 1) else { return nil }
            offset = end
        }
        if offset < text.count, text[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < text.count, text[offset] == 0x2B || text[offset] == 0x2D { offset += 1 }
            guard let end = digits(in: text, at: offset) else { return nil }
            offset = end
        }
        return offset
    }

    private static func digits(in text: UnsafeRawBufferPointer, at start: Int) -> Int? {
        var offset = start
        while offset < text.count, text[offset] &- 0x30 < 10 { offset += 1 }
        return offset > start ? offset : nil
    }

    /// The first byte, from an offset on, that ends a run of plain ASCII: a quote, a backslash, a
    /// control character, or a byte of 0x80 and more.
    @inline(__always)
    package static func endOfPlainText(in text: UnsafeRawBufferPointer, from start: Int) -> Int {
        var offset = start
        while offset + 8 <= text.count {
            let word = text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let found = special(word)
            if found != 0 { return offset + found.trailingZeroBitCount >> 3 }
            offset += 8
        }
        while offset < text.count {
            let byte = text[offset]
            if byte < 0x20 || byte >= 0x80 || byte == 0x22 || byte == 0x5C { return offset }
            offset += 1
        }
        return offset
    }

    /// The high bit of each byte of a word that is special; exact for the lowest such byte.
    @inline(__always)
    private static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let found =
            ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
            | ((word &- ones &* 0x20) & ~word) | word
        return found & (ones &* 0x80)
    }

    /// Whether bytes are valid UTF-8.
    package static func isUTF8(_ text: UnsafeRawBufferPointer) -> Bool {
        let bytes = text.assumingMemoryBound(to: UInt8.self)
        return (try? UTF8Span(validating: bytes.span)) != nil
    }

    /// The value of four hexadecimal digits.
    static func hex4(in text: UnsafeRawBufferPointer, at offset: Int) -> UInt32? {
        guard offset + 4 <= text.count else { return nil }
        var value: UInt32 = 0
        for byte in text[offset..<offset + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
