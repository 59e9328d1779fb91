/// Splits a value of `sasl.jaas.config` as Java's `StreamTokenizer` does for Kafka's clients.
///
/// Its rules are not those of any grammar, but passwords are written by them: a word may hold digits
/// and dashes, not begin with them; a quotation ends at its line's end; escapes are C's; `/` begins
/// a comment that ends with the line whatever follows it.
struct JAASTokenizer {
    enum Token: Equatable {
        /// A word or what stood between quotation marks.
        case text(String)
        case number
        case character(Unicode.Scalar)
        case end
    }

    private enum Class { case space, digit, letter, quotation, other }

    private let scalars: [Unicode.Scalar]
    private var next = 0
    /// Where the last token began, in characters from 1.
    private(set) var position = 1

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func nextToken() -> Token {
        while let scalar = peek {
            position = next + 1
            switch Self.class(of: scalar) {
            case .space: next += 1
            case .digit: return number()
            case .letter: return word()
            case .quotation: return quotation()
            case .other:
                next += 1
                guard scalar == "/" else { return .character(scalar) }
                skipComment()
            }
        }
        position = next + 1
        return .end
    }

    private var peek: Unicode.Scalar? { next < scalars.count ? scalars[next] : nil }

    private mutating func read() -> Unicode.Scalar? {
        defer { next += 1 }
        return peek
    }

    private static func `class`(of scalar: Unicode.Scalar) -> Class {
        switch scalar {
        case "\0"..." ": .space
        case "0"..."9", ".", "-": .digit
        case "A"..."Z", "a"..."z", "_", "$": .letter
        case _ where scalar.value >= 160: .letter
        case "\"", "'": .quotation
        default: .other
        }
    }
}

// MARK: - Words and numbers

extension JAASTokenizer {
    private mutating func word() -> Token {
        var text = String.UnicodeScalarView()
        while let scalar = peek, [.letter, .digit].contains(Self.class(of: scalar)) {
            text.append(scalar)
            next += 1
        }
        return .text(String(text))
    }

    /// A number, or a dash that begins none.
    private mutating func number() -> Token {
        if peek == "-" {
            next += 1
            guard let scalar = peek, scalar == "." || ("0"..."9").contains(scalar) else {
                return .character("-")
            }
        }
        var hasPoint = false
        while let scalar = peek {
            if scalar == ".", !hasPoint {
                hasPoint = true
            } else if !("0"..."9").contains(scalar) {
                break
            }
            next += 1
        }
        return .number
    }
}

// MARK: - Quotations

extension JAASTokenizer {
    private mutating func quotation() -> Token {
        let mark = read()
        var text = String.UnicodeScalarView()
        while let scalar = peek, scalar != mark, scalar != "\n", scalar != "\r" {
            next += 1
            text.append(scalar == "\\" ? escaped() : scalar)
        }
        if peek == mark { next += 1 }
        return .text(String(text))
    }

    private mutating func escaped() -> Unicode.Scalar {
        // Java appends its sign of the end, -1, as a character.
        guard let scalar = read() else { return "\u{FFFF}" }
        switch scalar {
        case "a": return "\u{7}"
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{B}"
        case "0"..."7": return octal(scalar)
        default: return scalar
        }
    }

    /// Up to three digits, of which the first of three is at most 3.
    private mutating func octal(_ first: Unicode.Scalar) -> Unicode.Scalar {
        var value = UInt8(first.value - 48)
        let most = first <= "3" ? 2 : 1
        for _ in 0..<most {
            guard let scalar = peek, ("0"..."7").contains(scalar) else { break }
            value = value << 3 + UInt8(scalar.value - 48)
            next += 1
        }
        return Unicode.Scalar(value)
    }
}

// MARK: - Comments

extension JAASTokenizer {
    /// Skips a comment whose first slash is read.
    private mutating func skipComment() {
        if peek == "*" {
            next += 1
            return skipBlockComment()
        }
        while let scalar = peek, scalar != "\n", scalar != "\r" { next += 1 }
    }

    /// Other than in any language, what follows a line's end can neither be a line's end nor end
    /// the comment with the slash of an asterisk before it.
    private mutating func skipBlockComment() {
        var previous: Unicode.Scalar = "\0"
        while var scalar = read() {
            if scalar == "/", previous == "*" { return }
            if scalar == "\r" {
                guard let following = read() else { return }
                scalar = following
                if scalar == "\n" {
                    guard let following = read() else { return }
                    scalar = following
                }
            } else if scalar == "\n" {
                guard let following = read() else { return }
                scalar = following
            }
            previous = scalar
        }
    }
}
