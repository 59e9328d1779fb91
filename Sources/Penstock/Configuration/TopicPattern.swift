/// A regular expression over whole topic names, the meaning of `topics.regex`.
///
/// It is Swift's own engine with Java's habits: a name matches as a whole, `\w`, `\d` and `\s`
/// are ASCII, a dot matches no line break. Java's possessive quantifiers, atomic groups and `\Q..\E` work.
public struct TopicPattern: Sendable, Hashable {
    /// The expression as written.
    public let text: String

    /// Takes an expression; whether it is one shows ``isValid``.
    public init(_ text: String) { self.text = text }

    /// Whether the text is a regular expression.
    public var isValid: Bool { (try? compiled()) != nil }

    /// The names that match as a whole, in their order; none where the expression is not valid.
    ///
    /// The expression is compiled once per call: hand over all names together.
    public func matches(among names: some Sequence<String>) -> [String] {
        guard let expression = try? compiled() else { return [] }
        return names.filter { (try? expression.wholeMatch(in: $0)) != nil }
    }

    /// Whether one name matches as a whole.
    public func matches(_ name: String) -> Bool { !matches(among: [name]).isEmpty }

    private func compiled() throws -> Regex<AnyRegexOutput> {
        try Regex(text).asciiOnlyCharacterClasses().matchingSemantics(.unicodeScalar)
    }
}

extension TopicPattern: CustomStringConvertible {
    /// The expression as written.
    public var description: String { text }
}

extension TopicPattern: ExpressibleByStringLiteral {
    /// Takes an expression.
    public init(stringLiteral value: String) { self.init(value) }
}
