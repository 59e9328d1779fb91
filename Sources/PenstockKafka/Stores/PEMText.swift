/// The parts of a PEM file, found as loosely as Kafka's clients find them: a setting may hold one in
/// a single line, with spaces where its line ends were.
enum PEMText {
    /// One part.
    struct Block: Equatable {
        var label: Substring
        /// The part in lines of 64 characters, or as it stands where it has header lines.
        var text: String
    }

    private static let begin = "-----BEGIN "
    private static let end = "-----END "
    private static let dashes = "-----"

    static func isFound(in bytes: [UInt8]) -> Bool {
        let sign = Array(begin.utf8)
        var start = 0
        while let dash = bytes[start...].firstIndex(of: sign[0]) {
            if bytes[dash...].starts(with: sign) { return true }
            start = dash + 1
        }
        return false
    }

    /// The parts of a text, without those that do not end.
    static func blocks(in text: String) -> [Block] {
        var blocks: [Block] = []
        var rest = text[...]
        while let start = rest.firstRange(of: begin) {
            rest = rest[start.upperBound...]
            guard let labelEnd = rest.firstRange(of: dashes) else { break }
            let label = rest[..<labelEnd.lowerBound]
            let contents = rest[labelEnd.upperBound...]
            guard let finish = contents.firstRange(of: end + label + dashes) else { continue }
            blocks.append(block(label, contents[..<finish.lowerBound]))
            rest = contents[finish.upperBound...]
        }
        return blocks
    }

    private static func block(_ label: Substring, _ contents: Substring) -> Block {
        var text = begin + label + dashes + "\n"
        if contents.utf8.contains(UInt8(ascii: ":")) {
            text += contents.drop { $0.isNewline }
        } else {
            var column = 0
            for byte in contents.utf8 where byte > UInt8(ascii: " ") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
                column += 1
                if column % 64 == 0 { text += "\n" }
            }
            if column % 64 != 0 { text += "\n" }
        }
        return Block(label: label, text: text + end + label + dashes + "\n")
    }
}
