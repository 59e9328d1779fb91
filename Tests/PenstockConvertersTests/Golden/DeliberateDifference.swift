/// Cases in which we do otherwise than Kafka Connect, on purpose.
struct DeliberateDifference {
    /// Why, as one would say it to a user.
    let reason: String
    /// The cases' names; `*` stands for any characters.
    let patterns: [String]

    init(_ reason: String, _ patterns: [String]) {
        self.reason = reason
        self.patterns = patterns
    }

    func covers(_ id: String) -> Bool { patterns.contains { Self.matches(id[...], $0[...]) } }

    private static func matches(_ text: Substring, _ pattern: Substring) -> Bool {
        let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard pieces.count > 1 else { return text == pattern }
        guard text.hasPrefix(pieces[0]) else { return false }
        var rest = text.dropFirst(pieces[0].count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let found = rest.firstRange(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(pieces[pieces.count - 1])
    }
}
