/// Floating-point numbers as Java writes them: the shortest digits that read back as the number, in
/// the layout of `Double.toString`.
enum JavaNumberText {
    static func text(_ value: Double) -> String {
        text(
            value.description, value.isFinite, value.bitPattern & ~(1 << 63),
            (4.940656458412465, -324))
    }

    static func text(_ value: Float) -> String {
        text(
            value.description, value.isFinite, UInt64(value.bitPattern & ~(1 << 31)),
            (1.401298464324817, -45))
    }

    /// Lays out Swift's shortest text anew.
    ///
    /// `unit` are digits and power of ten of the smallest number, of which the tiniest ones are
    /// multiples.
    private static func text(
        _ shortest: String, _ isFinite: Bool, _ bits: UInt64,
        _ unit: (digits: Double, exponent: Int)
    ) -> String {
        let isNegative = shortest.utf8.first == UInt8(ascii: "-")
        let sign = isNegative ? "-" : ""
        guard isFinite else { return shortest.hasSuffix("inf") ? "\(sign)Infinity" : "NaN" }
        var parts = Parts(isNegative ? shortest.dropFirst() : shortest[...])
        if parts.digits.count == 1, (1..<10).contains(bits) {
            parts.round(Double(bits) * unit.digits, unit.exponent)
        }
        return sign + parts.text
    }

    /// A number's digits that count, and the power of ten of the first.
    private struct Parts {
        var digits: String
        var exponent = 0

        init(_ text: Substring) {
            let halves = text.split(separator: "e")
            let mantissa = halves[0].split(separator: ".", omittingEmptySubsequences: false)
            let fraction = mantissa.count > 1 ? mantissa[1] : ""
            let all = mantissa[0] + fraction
            let zeros = all.prefix { $0 == "0" }.count
            digits = String(all.dropFirst(zeros))
            while digits.last == "0" { digits.removeLast() }
            if halves.count > 1 { exponent = Int(halves[1]) ?? 0 }
            exponent += mantissa[0].count - 1 - zeros
            if digits.isEmpty {
                digits = "0"
                exponent = 0
            }
        }

        /// Takes the two digits that come nearest to some of one or two before the point: Java gives at
        /// least two.
        mutating func round(_ value: Double, _ exponent: Int) {
            let isBelowTen = value < 10
            digits = String(Int((isBelowTen ? value * 10 : value).rounded()))
            self.exponent = isBelowTen ? exponent : exponent + 1
        }

        var text: String {
            if exponent < -3 || exponent >= 7 {
                return "\(digits.prefix(1)).\(rest(from: 1))E\(exponent)"
            }
            if exponent < 0 {
                return "0.\(String(repeating: "0", count: -exponent - 1))\(digits)"
            }
            let zeros = max(0, exponent + 1 - digits.count)
            let whole = digits.prefix(exponent + 1) + String(repeating: "0", count: zeros)
            return "\(whole).\(rest(from: exponent + 1))"
        }

        private func rest(from position: Int) -> String {
            let rest = digits.dropFirst(position)
            return rest.isEmpty ? "0" : String(rest)
        }
    }
}
