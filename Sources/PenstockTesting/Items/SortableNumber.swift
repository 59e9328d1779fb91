import Penstock

/// Numbers as bytes whose order is the numbers' order, one form for all spellings of a number.
///
/// A byte for the sign, two for the power of ten of the first digit, then the digits; those of
/// negative numbers are complemented and end with a byte above all others.
enum SortableNumber {
    private static let zero: UInt8 = 1
    private static let bias = 0x4000

    /// The form of a number's text; nil where it is no number or far beyond DynamoDB's range.
    static func form(of text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let number = DecimalText(text) else { return nil }
        guard !number.isZero else { return [zero] }
        guard !number.isExponentSaturated, number.exponent.magnitude < bias else { return nil }
        let canonical = number.canonical(of: text)
        let digits = canonical.dropFirst(number.isNegative ? 1 : 0).prefix(number.digitCount)
        let exponent = UInt16(number.exponent + bias)
        let plain =
            [UInt8(truncatingIfNeeded: exponent >> 8), UInt8(truncatingIfNeeded: exponent)] + digits
        return number.isNegative ? [0] + plain.map { ~$0 } + [0xFF] : [2] + plain
    }

    /// The number in plain decimals.
    static func text(of form: ArraySlice<UInt8>) -> String {
        guard let sign = form.first, sign != zero else { return "0" }
        let plain = sign == 0 ? form.dropFirst().dropLast().map { ~$0 } : Array(form.dropFirst())
        let exponent = Int(plain[0]) << 8 + Int(plain[1]) - bias
        let digits = String(decoding: plain.dropFirst(2), as: UTF8.self)
        var text =
            "\(sign == 0 ? "-" : "")\(digits)E\(exponent - (plain.count - 3))"
        return text.withUTF8 { text in
            var output: [UInt8] = []
            let text = UnsafeRawBufferPointer(text)
            guard let number = DecimalText(text),
                number.appendPlain(of: text, to: &output, limit: bias)
            else { return String(decoding: text, as: UTF8.self) }
            return String(decoding: output, as: UTF8.self)
        }
    }
}
