/// How Kafka Connect reads the text of a property; every rule is Java's own.
enum PropertyText {
    /// The text without leading and trailing characters up to U+0020, as Java's `trim`.
    static func trim(_ text: String) -> String { strip(text[...]) { $0.value <= 0x20 } }

    /// The elements of a list: separated by commas, white space around a comma dropped.
    ///
    /// No text is no element; two commas in a row hold an empty element, as in Connect.
    static func list(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        return text.unicodeScalars.split(separator: ",", omittingEmptySubsequences: false)
            .map { strip(Substring($0)) { $0 == " " || ("\t"..."\r").contains($0) } }
    }

    /// A whole number in decimal digits of any script, with an optional sign.
    static func integer<I: FixedWidthInteger>(_ text: String, as: I.Type = I.self) -> I? {
        var digits = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue
            {
                digits.unicodeScalars.append(Unicode.Scalar(UInt8(ascii: "0") + UInt8(value)))
            } else {
                digits.unicodeScalars.append(scalar)
            }
        }
        return I(digits)
    }

    /// A floating-point number as Java's `Double.parseDouble` accepts it.
    static func double(_ text: String) -> Double? {
        let unsigned = text.first == "+" || text.first == "-" ? text.dropFirst() : text[...]
        if unsigned == "NaN" || unsigned == "Infinity" { return Double(text) }
        guard let first = unsigned.utf8.first, first == UInt8(ascii: ".") || isDigit(first) else {
            return nil
        }
        guard let last = text.utf8.last else { return nil }
        let isHexadecimal = unsigned.hasPrefix("0x") || unsigned.hasPrefix("0X")
        // Java asks a hexadecimal number for its exponent; with it a last d or f is Java's suffix.
        if isHexadecimal && !unsigned.contains(where: { $0 == "p" || $0 == "P" }) { return nil }
        let hasSuffix = "dDfF".utf8.contains(last)
        return Double(hasSuffix ? text.dropLast() : text[...])
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func strip(
        _ text: Substring, where isBlank: (Unicode.Scalar) -> Bool
    ) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isBlank($0) }),
            let last = scalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(scalars[first...last])
    }
}
