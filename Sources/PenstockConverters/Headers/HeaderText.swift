import Penstock

/// Reads a header's text.
struct HeaderText {
    private let text: UnsafeRawBufferPointer
    private var offset = 0
    private static let maximumDepth = JSONParser.dataDepth

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    /// Whether text begins like something that is not a string.
    static func mayBeTyped(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let first = text.first else { return false }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
            UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "t"), UInt8(ascii: "f"),
            UInt8(ascii: "n"):
            return true
        default: return false
        }
    }

    /// What the whole text stands for; nil where it is a string.
    func element() -> HeaderElement? {
        var reader = self
        if text.elementsEqual("null".utf8) { return HeaderElement(.null, nil) }
        guard let element = reader.next(depth: 0), reader.offset == text.count else { return nil }
        return element
    }

    private mutating func next(depth: Int) -> HeaderElement? {
        guard offset < text.count, depth < Self.maximumDepth else { return nil }
        switch text[offset] {
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "{"): return map(depth: depth)
        case UInt8(ascii: "\""): return depth > 0 ? string() : nil
        default: return word(depth: depth)
        }
    }

    // MARK: Containers

    private mutating func array(depth: Int) -> HeaderElement? {
        offset += 1
        var elements: [HeaderElement] = []
        while true {
            if elements.isEmpty, step(over: UInt8(ascii: "]")) { break }
            skipSpace()
            guard let element = next(depth: depth + 1) else { return nil }
            elements.append(element)
            if step(over: UInt8(ascii: "]")) { break }
            guard step(over: UInt8(ascii: ",")) else { return nil }
        }
        return HeaderElement(
            .array(elements), Schema(.array, values: HeaderSchemas.common(elements)))
    }

    private mutating func map(depth: Int) -> HeaderElement? {
        offset += 1
        var keys: [HeaderElement] = []
        var values: [HeaderElement] = []
        while true {
            if keys.isEmpty, step(over: UInt8(ascii: "}")) { break }
            skipSpace()
            guard let key = next(depth: depth + 1), step(over: UInt8(ascii: ":")) else {
                return nil
            }
            skipSpace()
            guard let value = next(depth: depth + 1) else { return nil }
            keys.append(key)
            values.append(value)
            if step(over: UInt8(ascii: "}")) { break }
            guard step(over: UInt8(ascii: ",")) else { return nil }
        }
        let schema = Schema(
            .map, keys: HeaderSchemas.common(keys), values: HeaderSchemas.common(values))
        return HeaderElement(.map(zip(keys, values).flatMap { [$0, $1] }), schema)
    }

    private mutating func step(over byte: UInt8) -> Bool {
        let start = offset
        skipSpace()
        guard offset < text.count, text[offset] == byte else {
            offset = start
            return false
        }
        offset += 1
        return true
    }

    private mutating func skipSpace() {
        while offset < text.count, [0x20, 0x0A, 0x0D, 0x09].contains(text[offset]) { offset += 1 }
    }

    // MARK: Scalars

    /// Reads a quoted string, in which a backslash makes a quote or a backslash plain.
    private mutating func string() -> HeaderElement? {
        offset += 1
        var bytes: [UInt8] = []
        while offset < text.count, text[offset] != UInt8(ascii: "\"") {
            if text[offset] == UInt8(ascii: "\\"), offset + 1 < text.count,
                text[offset + 1] == UInt8(ascii: "\\") || text[offset + 1] == UInt8(ascii: "\"")
            {
                offset += 1
            }
            bytes.append(text[offset])
            offset += 1
        }
        guard offset < text.count else { return nil }
        offset += 1
        return HeaderElement(
            .string(String(decoding: bytes, as: UTF8.self)), HeaderSchemas.string)
    }

    /// Reads what goes on to the end, or inside a container to its next mark.
    private mutating func word(depth: Int) -> HeaderElement? {
        let start = offset
        if depth == 0 {
            offset = text.count
        } else {
            stepOverWord()
        }
        let word = String(decoding: text[start..<offset], as: UTF8.self)
        return Self.scalar(word)
    }

    /// A time has colons of its own, so a colon ends a word only where no time stands.
    private mutating func stepOverWord() {
        for length in [24, 13] where offset + length <= text.count {
            let word = String(decoding: text[offset..<offset + length], as: UTF8.self)
            if CalendarText.timestamp(word[...].utf8) ?? CalendarText.milliseconds(word[...].utf8)
                != nil
            {
                offset += length
                return
            }
        }
        while offset < text.count, !Self.marks.contains(text[offset]) { offset += 1 }
    }

    private static let marks = Array(",:]}[{\" \n\r\t".utf8)

    private static func scalar(_ word: String) -> HeaderElement? {
        if word == "true" { return HeaderElement(.boolean(true), HeaderSchemas.boolean) }
        if word == "false" { return HeaderElement(.boolean(false), HeaderSchemas.boolean) }
        let text = word[...].utf8
        if let days = CalendarText.days(text) {
            return HeaderElement(.date(days), HeaderSchemas.date)
        }
        if let time = CalendarText.milliseconds(text) {
            return HeaderElement(.date(time), HeaderSchemas.time)
        }
        if let moment = CalendarText.timestamp(text) {
            return HeaderElement(.date(moment), HeaderSchemas.timestamp)
        }
        return number(word)
    }

    /// A number of JSON's grammar, also with a plus in front.
    private static func number(_ word: String) -> HeaderElement? {
        let digits = word.first == "+" ? String(word.dropFirst()) : word
        return Array(digits.utf8).withUnsafeBytes { bytes in
            guard JSONScanner.number(in: bytes, at: 0) == bytes.count,
                DecimalParts(bytes) != nil
            else { return nil }
            let integer = Int64(exactDecimal: bytes)
            let schema = HeaderSchemas.number(digits, integer)
            return HeaderElement(integer.map { .integer($0) } ?? .number(digits), schema)
        }
    }
}
