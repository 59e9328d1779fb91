/// A decimal number that stays text: what its digits weigh, found in one pass and without `Double`.
///
/// The grammar is that of JSON numbers, and wider: a sign of either kind, leading zeros and a point
/// at either end are read too (`+1`, `007`, `.5`, `5.`), because DynamoDB reads them. The value
/// borrows nothing; the functions that need the digits take the same text again.
package struct DecimalText: Sendable {
    /// Whether a minus sign stands in front, also of a zero.
    package let isNegative: Bool
    /// How many digits count: from the first to the last that is not 0; none for zero.
    package let digitCount: Int
    /// The power of ten of the first digit that counts; for zero, of the last digit written.
    package let exponent: Int
    /// Whether the exponent does not fit 64 bits, so that `exponent` only says its sign.
    package let isExponentSaturated: Bool
    /// Where the first digit that counts stands in the text.
    let firstDigit: Int
    /// Where the text after the last digit that counts begins.
    let endOfDigits: Int

    /// Whether the number is zero, however it is written.
    package var isZero: Bool { digitCount == 0 }

    /// Reads a number that fills the whole text; `nil` where the text is none.
    package init?(_ text: UnsafeRawBufferPointer) {
        var scan = DecimalScan(text)
        scan.readSign()
        scan.readDigits()
        guard scan.hasDigits, scan.readExponent(), scan.position == text.count else { return nil }
        isNegative = scan.isNegative
        digitCount = scan.lastOrdinal - scan.firstOrdinal
        firstDigit = scan.firstDigit
        endOfDigits = scan.endOfDigits
        let (weight, overflow) = scan.weightOfFirstDigit
        exponent = weight
        isExponentSaturated = scan.isExponentSaturated || overflow
    }

    /// Reads a number that fills the whole string; `nil` where the string is none.
    package init?(_ text: String) {
        var text = text
        let read = text.withUTF8 { DecimalText(UnsafeRawBufferPointer($0)) }
        guard let read else { return nil }
        self = read
    }
}

/// One pass over the text of a number, up to wherever it stops being one.
private struct DecimalScan {
    let text: UnsafeRawBufferPointer
    var position = 0
    var isNegative = false
    var isExponentSaturated = false
    var firstDigit = 0
    var endOfDigits = 0
    /// Ordinals count digits from the left, the point left out.
    var firstOrdinal = 0
    var lastOrdinal = 0
    private var digits = 0
    private var digitsBeforePoint: Int?
    private var writtenExponent = 0

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    var hasDigits: Bool { digits > 0 }

    var weightOfFirstDigit: (Int, overflow: Bool) {
        guard !isExponentSaturated else { return (writtenExponent, false) }
        let point = digitsBeforePoint ?? digits
        // A zero counts from its last digit, as java.math.BigDecimal scales it.
        let distance = lastOrdinal > 0 ? point - 1 - firstOrdinal : point - digits
        let (weight, overflow) = writtenExponent.addingReportingOverflow(distance)
        return (overflow ? writtenExponent : weight, overflow)
    }

    mutating func readSign() {
        guard position < text.count, text[position] == 0x2D || text[position] == 0x2B else {
            return
        }
        isNegative = text[position] == 0x2D
        position += 1
    }

    mutating func readDigits() {
        while position < text.count {
            let byte = text[position]
            if byte == 0x2E, digitsBeforePoint == nil {
                digitsBeforePoint = digits
            } else if byte &- 0x30 < 10 {
                note(byte)
            } else {
                return
            }
            position += 1
        }
    }

    private mutating func note(_ digit: UInt8) {
        digits += 1
        guard digit != 0x30 else { return }
        if lastOrdinal == 0 {
            firstOrdinal = digits - 1
            firstDigit = position
        }
        lastOrdinal = digits
        endOfDigits = position + 1
    }

    /// Reads `e`, sign and digits where they follow; false where only a part of them does.
    mutating func readExponent() -> Bool {
        guard position < text.count else { return true }
        guard text[position] | 0x20 == 0x65 else { return false }
        position += 1
        var negative = false
        if position < text.count, text[position] == 0x2D || text[position] == 0x2B {
            negative = text[position] == 0x2D
            position += 1
        }
        let start = position
        while position < text.count, text[position] &- 0x30 < 10 {
            accumulate(Int(text[position] &- 0x30), negative: negative)
            position += 1
        }
        return position > start
    }

    private mutating func accumulate(_ digit: Int, negative: Bool) {
        let (tens, overflow) = writtenExponent.multipliedReportingOverflow(by: 10)
        let (sum, carry) = tens.addingReportingOverflow(negative ? -digit : digit)
        if isExponentSaturated || overflow || carry {
            isExponentSaturated = true
            writtenExponent = negative ? .min : .max
        } else {
            writtenExponent = sum
        }
    }
}
