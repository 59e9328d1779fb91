/// Splits a command into program and arguments as a POSIX shell would, without being one.
///
/// Quotes and backslashes have their meaning; variables, wildcards, pipes and all else are plain
/// text: nothing that stands in a value can run another program.
enum CommandLineSplitter {
    /// Why a command cannot be split.
    enum Fault: String, Error {
        case openQuote = "a quote is not closed"
        case openEscape = "it ends with a backslash"
        case control = "it holds a control character"
        case empty = "it is empty"
    }

    /// The words of a command; at least one.
    static func split(_ command: String) throws(Fault) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in command {
            guard !character.isControl else { throw .control }
            switch (character, quote) {
            case (_, _) where isEscaped:
                // Within double quotes a backslash is plain text in front of all but these two.
                if quote != nil, character != "\"", character != "\\" { word?.append("\\") }
                word = (word ?? "") + String(character)
                isEscaped = false
            case ("\\", nil), ("\\", "\""):
                word = word ?? ""
                isEscaped = true
            case (_, character): quote = nil
            case ("'", nil), ("\"", nil):
                word = word ?? ""
                quote = character
            case (" ", nil), ("\t", nil):
                if let word { words.append(word) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        guard !isEscaped else { throw .openEscape }
        guard quote == nil else { throw .openQuote }
        if let word { words.append(word) }
        guard words.first?.isEmpty == false else { throw .empty }
        return words
    }
}

extension Character {
    fileprivate var isControl: Bool {
        self != "\t" && unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }
}
