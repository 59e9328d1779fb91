import Penstock

extension OutputBuffer {
    /// Adds a string as Kafka Connect writes it, byte for byte: a key that is written elsewhere in
    /// the same way goes to the same partition.
    ///
    /// Characters beyond 16 bits become two escapes each; every other one is as in any JSON.
    mutating func appendConnectJSON(string: UnsafeRawBufferPointer) {
        guard string.contains(where: { $0 >= 0xF0 }) else { return appendJSON(string: string) }
        append(UInt8(ascii: "\""))
        var start = 0
        var place = 0
        while place < string.count {
            guard string[place] >= 0xF0, place + 4 <= string.count else {
                place += 1
                continue
            }
            appendEscaped(UnsafeRawBufferPointer(rebasing: string[start..<place]))
            var scalar = UInt32(string[place] & 7)
            for byte in string[place + 1..<place + 4] { scalar = scalar << 6 | UInt32(byte & 63) }
            appendUnit(0xD800 + (scalar - 0x10000) >> 10)
            appendUnit(0xDC00 + (scalar - 0x10000) & 0x3FF)
            place += 4
            start = place
        }
        appendEscaped(UnsafeRawBufferPointer(rebasing: string[start...]))
        append(UInt8(ascii: "\""))
    }

    mutating func appendConnectJSON(_ string: String) {
        var string = string
        string.withUTF8 { appendConnectJSON(string: UnsafeRawBufferPointer($0)) }
    }

    private mutating func appendUnit(_ unit: UInt32) {
        append("\\u")
        for shift: UInt32 in [12, 8, 4, 0] {
            let digit = UInt8(truncatingIfNeeded: unit >> shift & 15)
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
        }
    }
}
