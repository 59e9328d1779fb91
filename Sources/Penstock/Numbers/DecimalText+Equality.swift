extension DecimalText {
    /// Whether two texts are the same number: `1`, `1.0` and `10E-1` are.
    ///
    /// Texts that are no numbers, and exponents beyond 64 bits, are compared byte by byte.
    package static func areEqual(
        _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer
    ) -> Bool {
        if left.elementsEqual(right) { return true }
        guard let a = DecimalText(left), let b = DecimalText(right) else { return false }
        return a.equals(b, left, right)
    }

    private func equals(
        _ other: DecimalText, _ text: UnsafeRawBufferPointer, _ otherText: UnsafeRawBufferPointer
    ) -> Bool {
        if isZero || other.isZero { return isZero && other.isZero }
        guard !isExponentSaturated, !other.isExponentSaturated, isNegative == other.isNegative,
            exponent == other.exponent, digitCount == other.digitCount
        else { return false }
        var i = firstDigit
        var j = other.firstDigit
        while i < endOfDigits {
            if text[i] == 0x2E { i += 1 }
            if otherText[j] == 0x2E { j += 1 }
            guard text[i] == otherText[j] else { return false }
            i += 1
            j += 1
        }
        return true
    }
}
