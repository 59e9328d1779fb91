import Penstock

/// A decimal number as `java.math.BigDecimal` sees it: whole digits and a scale.
struct DecimalParts {
    let isNegative: Bool
    /// The unscaled number's digits, without leading zeros; `0` for zero.
    let digits: [UInt8]
    /// How many digits follow the point; negative where zeros follow the digits.
    let scale: Int

    /// Takes a number of JSON's grammar apart; nil where its exponent has more than 32 bits.
    init?(_ text: UnsafeRawBufferPointer) {
        let exponentMark = text.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? text.endIndex
        let mantissa = text[..<exponentMark]
        let point = mantissa.firstIndex(of: UInt8(ascii: "."))
        let fraction = point.map { exponentMark - $0 - 1 } ?? 0
        var exponent = 0
        if exponentMark < text.endIndex {
            let written = String(decoding: text[(exponentMark + 1)...], as: UTF8.self)
            guard let value = Int32(written) else { return nil }
            exponent = Int(value)
        }
        let digits = mantissa.filter { $0 >= 0x30 && $0 <= 0x39 }.drop { $0 == 0x30 }
        self.digits = digits.isEmpty ? [0x30] : Array(digits)
        isNegative = mantissa.first == UInt8(ascii: "-") && !digits.isEmpty
        scale = fraction - exponent
    }

    /// The number as `BigDecimal.toString` writes it.
    var javaText: String {
        let sign = isNegative ? "-" : ""
        let text = String(decoding: digits, as: UTF8.self)
        let exponent = digits.count - 1 - scale
        if scale == 0 { return sign + text }
        guard scale > 0, exponent >= -6 else {
            let rest = text.dropFirst()
            let mantissa = rest.isEmpty ? text : "\(text.prefix(1)).\(rest)"
            return exponent == 0
                ? sign + mantissa : "\(sign)\(mantissa)E\(exponent > 0 ? "+" : "")\(exponent)"
        }
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + text
        return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }
}
