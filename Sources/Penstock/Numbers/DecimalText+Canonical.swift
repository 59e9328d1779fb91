extension DecimalText {
    /// Lends the one spelling that all texts of the same number share, for hashing and comparing.
    ///
    /// It is the digits that count, `E` and the power of ten of the first: `-12E1` for `-12.0`, and
    /// `0` for every zero. `text` must be the text that the value was read from. Allocates nothing
    /// on the heap for numbers of up to a thousand digits.
    package func withCanonical<Result>(
        of text: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        // Sign, digits, `E` and a power of at most 20 characters.
        withUnsafeTemporaryAllocation(byteCount: digitCount + 24, alignment: 1) { buffer in
            body(UnsafeRawBufferPointer(rebasing: buffer[..<writeCanonical(of: text, to: buffer)]))
        }
    }

    /// The spelling of `withCanonical` as a new array.
    package func canonical(of text: UnsafeRawBufferPointer) -> [UInt8] {
        withCanonical(of: text) { [UInt8]($0) }
    }

    private func writeCanonical(
        of text: UnsafeRawBufferPointer, to buffer: UnsafeMutableRawBufferPointer
    ) -> Int {
        guard !isZero else {
            buffer[0] = 0x30
            return 1
        }
        var end = 0
        if isNegative {
            buffer[end] = 0x2D
            end += 1
        }
        for byte in text[firstDigit..<endOfDigits] where byte != 0x2E {
            buffer[end] = byte
            end += 1
        }
        buffer[end] = 0x45
        return Self.write(exponent, to: buffer, at: end + 1)
    }

    private static func write(
        _ number: Int, to buffer: UnsafeMutableRawBufferPointer, at start: Int
    ) -> Int {
        var position = start
        if number < 0 {
            buffer[position] = 0x2D
            position += 1
        }
        let first = position
        var rest = number.magnitude
        repeat {
            buffer[position] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            position += 1
        } while rest > 0
        var digits = UnsafeMutableRawBufferPointer(rebasing: buffer[first..<position])
        digits.reverse()
        return position
    }
}
