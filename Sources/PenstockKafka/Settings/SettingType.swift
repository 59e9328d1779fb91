import Penstock

/// What Java's clients take as a value of a setting, by their own definitions.
enum SettingType: Sendable, Hashable {
    case text
    /// Text that must say something.
    case nonEmptyText
    /// Text that is never shown.
    case secret
    case boolean
    /// A whole number within bounds, or one value beside them.
    case integer(ClosedRange<Int>, or: Int? = nil)
    /// A number within bounds.
    case number(ClosedRange<Double>)
    /// Parts between commas.
    case list
    /// One of a few words, in the library's spelling.
    case choice([String])
    /// The name of a Java class.
    case className

    /// A whole number of 32 bits.
    static func int(from least: Int) -> Self {
        .integer(least...Int(Int32.max))
    }

    /// A whole number of 64 bits.
    static func long(from least: Int) -> Self {
        .integer(least...Int.max)
    }

    /// Any whole number of 32 bits.
    static let int = Self.int(from: Int(Int32.min))
    /// Any whole number of 64 bits.
    static let long = Self.long(from: Int.min)
    /// Any number.
    static let double = Self.number(-Double.infinity...Double.infinity)
}

/// Why a value is none of its setting's, as it reads after "it".
struct WrongSettingValue: Error, Equatable {
    var reason: String
}

extension SettingType {
    /// The value in one spelling: words in the library's case, lists without spaces.
    ///
    /// Words are taken in any case, other than Java does for some settings.
    func normalized(_ text: String) throws(WrongSettingValue) -> String {
        switch self {
        case .text, .secret, .className: return text
        case .nonEmptyText:
            if text.isEmpty { throw WrongSettingValue(reason: "must not be empty") }
            return text
        case .boolean:
            return try word(of: ["true", "false"], text)
        case .integer(let bounds, let other):
            guard let number = Int(text), bounds.contains(number) || number == other else {
                throw WrongSettingValue(reason: "must be a whole number" + Self.words(for: bounds))
            }
            return "\(number)"
        case .number(let bounds):
            // Swift reads hexadecimal too, Java does not.
            guard !text.contains("x"), let number = Double(text), bounds.contains(number) else {
                throw WrongSettingValue(reason: "must be a number" + Self.words(for: bounds))
            }
            return text
        case .list:
            return text.split(separator: ",").map { String($0).trimmed }
                .filter { !$0.isEmpty }.joined(separator: ",")
        case .choice(let words): return try word(of: words, text)
        }
    }

    private func word(
        of words: [String], _ text: String
    ) throws(WrongSettingValue) -> String {
        let wanted = text.lowercased()
        if let word = words.first(where: { $0.lowercased() == wanted }) { return word }
        throw WrongSettingValue(reason: "must be one of \(words.joined(separator: ", "))")
    }

    private static func words<Bound: Numeric & LosslessStringConvertible>(
        for bounds: ClosedRange<Bound>
    ) -> String {
        let ends: [String] = ["\(Int32.min)", "\(Int.min)", "-inf"]
        let (low, high) = ("\(bounds.lowerBound)", "\(bounds.upperBound)")
        if ends.contains(low) { return high == "\(Int32.max)" ? " of 32 bits" : "" }
        let isOpen = ["\(Int32.max)", "\(Int.max)", "inf"].contains(high)
        return isOpen ? " of at least \(low)" : " from \(low) to \(high)"
    }
}
