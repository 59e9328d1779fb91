import Penstock

/// Words of an expression, with the names and values that its placeholders stand for.
///
/// Knows as much of DynamoDB's language as the server does: names, placeholders, comparisons,
/// commas, parentheses.
struct ExpressionScanner {
    private var words: ArraySlice<String>
    private let names: Value
    private let values: Value

    init(_ text: String, _ body: Value) {
        names = body["ExpressionAttributeNames"] ?? .null
        values = body["ExpressionAttributeValues"] ?? .null
        var words: [String] = []
        var word = ""
        func finish(_ symbol: Character?) {
            if !word.isEmpty { words.append(word) }
            word = ""
            guard let symbol, !symbol.isWhitespace else { return }
            // `<=` and `>=` are one word.
            if symbol == "=", let last = words.last, last == "<" || last == ">" {
                words[words.count - 1] = last + "="
            } else {
                words.append(String(symbol))
            }
        }
        for character in text {
            if character.isWhitespace || "=<>,()".contains(character) {
                finish(character)
            } else {
                word.append(character)
            }
        }
        finish(nil)
        self.words = words[...]
    }

    var isAtEnd: Bool { words.isEmpty }

    mutating func next() throws(ServiceFailure) -> String {
        guard let word = words.popFirst() else {
            throw .validation("Invalid expression: Syntax error; token: <EOF>")
        }
        return word
    }

    /// Takes the next word if it is this one, whatever its case.
    mutating func take(_ word: String) -> Bool {
        guard words.first?.uppercased() == word else { return false }
        words.removeFirst()
        return true
    }

    mutating func expect(_ word: String) throws(ServiceFailure) {
        guard take(word) else {
            throw .validation("The scripted server does not support this expression")
        }
    }

    /// The name of an attribute at the item's top, written out or by placeholder.
    mutating func attributeName() throws(ServiceFailure) -> String {
        let word = try next()
        guard word.hasPrefix("#") else {
            guard !word.contains("."), !word.contains("[") else {
                throw .validation("The scripted server supports no document paths")
            }
            return word
        }
        guard let name = names[word]?.string else {
            throw .validation(
                "An expression attribute name used in the document path is not defined; "
                    + "attribute name: \(word)")
        }
        return name
    }

    /// The value that a placeholder stands for.
    mutating func value() throws(ServiceFailure) -> Value {
        let word = try next()
        guard word.hasPrefix(":"), let value = values[word] else {
            throw .validation(
                "An expression attribute value used in expression is not defined; "
                    + "attribute value: \(word)")
        }
        return value
    }
}
