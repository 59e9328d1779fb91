/// The logical lines of a `.properties` file: comments and blank lines left out, continued lines
/// joined, white space at their beginnings dropped.
///
/// Java's rules: a line ends at LF, CR or both; an odd number of backslashes before the end continues
/// it; a comment begins with `#` or `!` and is never continued; a backslash that ends the file goes.
struct LogicalLines: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> (line: Int, bytes: [UInt8])? {
        while position < bytes.count {
            skipBlanks()
            guard position < bytes.count else { return nil }
            if isLineEnd(bytes[position]) {
                skipLineEnd()
            } else if bytes[position] == UInt8(ascii: "#") || bytes[position] == UInt8(ascii: "!") {
                skipComment()
            } else {
                let first = line
                let content = readLine()
                if !content.isEmpty { return (first, content) }
            }
        }
        return nil
    }

    /// Reads to the end of the logical line, which `position` then lies behind.
    private mutating func readLine() -> [UInt8] {
        var content: [UInt8] = []
        var isEscaped = false
        while position < bytes.count {
            let byte = bytes[position]
            guard isLineEnd(byte) else {
                content.append(byte)
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
                position += 1
                continue
            }
            skipLineEnd()
            guard isEscaped else { return content }
            content.removeLast()
            isEscaped = false
            skipBlanks()
        }
        if isEscaped { content.removeLast() }
        return content
    }

    private mutating func skipBlanks() {
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    }

    private mutating func skipComment() {
        while position < bytes.count, !isLineEnd(bytes[position]) { position += 1 }
    }

    private mutating func skipLineEnd() {
        let isCarriageReturn = bytes[position] == UInt8(ascii: "\r")
        position += 1
        line += 1
        if isCarriageReturn, position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
            position += 1
        }
    }
}

private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
}

/// Space, tab and form feed: what Java's format takes for white space within a line.
func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 0x0C
}
