extension DecimalText {
    /// Appends the number without an exponent and without zeros that say nothing: `150` for `1.5E2`.
    ///
    /// It is how DynamoDB gives numbers back. `text` must be the text that the value was read from.
    /// The exponent must lie within ±`limit`, or nothing is appended and false is returned: a few
    /// characters could otherwise ask for gigabytes of zeros.
    package func appendPlain(
        of text: UnsafeRawBufferPointer, to output: inout [UInt8], limit: Int = 1000
    ) -> Bool {
        guard !isZero else {
            output.append(0x30)
            return true
        }
        guard !isExponentSaturated, exponent.magnitude <= limit else { return false }
        if isNegative { output.append(0x2D) }
        if exponent < 0 {
            output.append(0x30)
            output.append(0x2E)
            output.append(contentsOf: repeatElement(0x30, count: -exponent - 1))
        }
        var written = 0
        for byte in text[firstDigit..<endOfDigits] where byte != 0x2E {
            if exponent >= 0, written == exponent + 1 { output.append(0x2E) }
            output.append(byte)
            written += 1
        }
        if written <= exponent {
            output.append(contentsOf: repeatElement(0x30, count: exponent + 1 - written))
        }
        return true
    }
}
