/// Reads Java's `.properties` format from bytes that are UTF-8.
///
/// Bytes that are not UTF-8 and escapes that are no character are an error with their line, where
/// Java would put something else in their place.
enum PropertiesReader {
    /// The properties; of a repeated name the last counts.
    static func read(_ bytes: [UInt8]) throws(PropertiesSyntaxError) -> [String: String] {
        var properties: [String: String] = [:]
        for (line, content) in LogicalLines(bytes) {
            do {
                let (name, value) = split(content)
                properties[try unescape(name)] = try unescape(value)
            } catch { throw PropertiesSyntaxError(line: line, reason: error.reason) }
        }
        return properties
    }

    /// The name ends at white space, `=` or `:`; one of these two and white space follow.
    private static func split(_ line: [UInt8]) -> (
        name: ArraySlice<UInt8>, value: ArraySlice<UInt8>
    ) {
        var end = line.startIndex
        var isEscaped = false
        while end < line.endIndex, isEscaped || !(isBlank(line[end]) || isSeparator(line[end])) {
            isEscaped = line[end] == UInt8(ascii: "\\") && !isEscaped
            end += 1
        }
        var value = line[end...].drop(while: isBlank)
        if let first = value.first, isSeparator(first) {
            value = value.dropFirst().drop(while: isBlank)
        }
        return (line[..<end], value)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":")
    }

    private static func unescape(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
                result.append(byte)
                continue
            }
            switch escaped {
            case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
            case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "r"): result.append(UInt8(ascii: "\r"))
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "u"): result += try scalar(&rest).utf8
            default: result.append(escaped)
            }
        }
        guard let text = String(validating: result, as: UTF8.self) else {
            throw Malformed(reason: "holds bytes that are not UTF-8")
        }
        return text
    }

    /// The character of an escape, of which the `\u` is read; one beyond U+FFFF takes two escapes.
    private static func scalar(
        _ rest: inout ArraySlice<UInt8>
    ) throws(Malformed) -> Unicode.Scalar {
        let unit = try codeUnit(&rest)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard UTF16.isLeadSurrogate(unit), rest.starts(with: "\\u".utf8) else {
            throw Malformed(reason: "holds half of a surrogate pair")
        }
        rest = rest.dropFirst(2)
        let trail = try codeUnit(&rest)
        guard UTF16.isTrailSurrogate(trail) else {
            throw Malformed(reason: "holds half of a surrogate pair")
        }
        return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    }

    private static func codeUnit(_ rest: inout ArraySlice<UInt8>) throws(Malformed) -> UInt16 {
        let digits = rest.prefix(4)
        guard digits.count == 4, !digits.contains(UInt8(ascii: "+")),
            !digits.contains(UInt8(ascii: "-")),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw Malformed(reason: #"holds a \u without four hexadecimal digits"#) }
        rest = rest.dropFirst(4)
        return unit
    }

    private struct Malformed: Error { var reason: String }
}
