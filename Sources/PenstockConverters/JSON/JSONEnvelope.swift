import Penstock

/// Where schema and payload stand in a record that carries both.
struct JSONEnvelope {
    /// The schema's text.
    let schema: Range<Int>
    /// The payload's text.
    let payload: Range<Int>
    /// Whether the schema's text is the one that was known.
    var isKnown = false

    /// Finds both in a text of the usual form: an object of `schema` and `payload`, each once.
    ///
    /// Only the object's own punctuation is checked. Both parts may still be malformed. Where the
    /// schema begins with `known`, a whole object, it is that and need not be walked through.
    /// - Returns: Nil where the text has another form.
    static func locate(_ text: UnsafeRawBufferPointer, known: [UInt8]) -> JSONEnvelope? {
        var walk = JSONWalk(text)
        guard walk.step(over: UInt8(ascii: "{")) else { return nil }
        var schema: Range<Int>?
        var payload: Range<Int>?
        var isKnown = false
        for part in 0..<2 {
            if part == 1, !walk.step(over: UInt8(ascii: ",")) { return nil }
            if schema == nil, walk.step(over: "\"schema\"") {
                guard walk.step(over: UInt8(ascii: ":")) else { return nil }
                schema = walk.step(overKnown: known)
                isKnown = schema != nil
                if !isKnown { schema = walk.stepOverValue() }
            } else if payload == nil, walk.step(over: "\"payload\"") {
                guard walk.step(over: UInt8(ascii: ":")) else { return nil }
                payload = walk.stepOverValue()
            }
        }
        guard let schema, let payload, walk.step(over: UInt8(ascii: "}")), walk.isAtEnd else {
            return nil
        }
        return JSONEnvelope(schema: schema, payload: payload, isKnown: isKnown)
    }

    /// The names and texts of an object's pairs, in valid JSON.
    static func pairs(
        _ text: UnsafeRawBufferPointer
    ) -> [(name: Range<Int>, value: Range<Int>)] {
        var walk = JSONWalk(text)
        var pairs: [(name: Range<Int>, value: Range<Int>)] = []
        guard walk.step(over: UInt8(ascii: "{")) else { return [] }
        while let name = walk.stepOverValue(), walk.step(over: UInt8(ascii: ":")),
            let value = walk.stepOverValue()
        {
            pairs.append((name, value))
            guard walk.step(over: UInt8(ascii: ",")) else { break }
        }
        return pairs
    }
}

/// Steps through JSON without looking into values.
private struct JSONWalk {
    private let text: UnsafeRawBufferPointer
    private var offset = 0

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
        skipSpace()
    }

    var isAtEnd: Bool { offset == text.count }

    private mutating func skipSpace() {
        while offset < text.count {
            switch text[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    mutating func step(over byte: UInt8) -> Bool {
        guard offset < text.count, text[offset] == byte else { return false }
        offset += 1
        skipSpace()
        return true
    }

    mutating func step(over word: StaticString) -> Bool {
        let end = offset + word.utf8CodeUnitCount
        guard end <= text.count,
            text[offset..<end].elementsEqual(
                UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        else { return false }
        offset = end
        skipSpace()
        return true
    }

    mutating func step(overKnown known: [UInt8]) -> Range<Int>? {
        let end = offset + known.count
        guard !known.isEmpty, end <= text.count,
            known.withUnsafeBytes({
                UnsafeRawBufferPointer(rebasing: text[offset...]).begins(with: $0)
            })
        else { return nil }
        defer {
            offset = end
            skipSpace()
        }
        return offset..<end
    }

    /// Steps over one value; nil where none stands there.
    mutating func stepOverValue() -> Range<Int>? {
        let start = offset
        var depth = 0
        repeat {
            guard offset < text.count else { return nil }
            switch text[offset] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                offset += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard depth > 0 else { return nil }
                depth -= 1
                offset += 1
            case UInt8(ascii: "\""):
                guard stepOverString() else { return nil }
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard depth > 0 else { return nil }
                offset += 1
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: stepOverWord()
            }
        } while depth > 0
        defer { skipSpace() }
        return start..<offset
    }

    private mutating func stepOverString() -> Bool {
        offset += 1
        while true {
            offset = JSONScanner.endOfPlainText(in: text, from: offset)
            guard offset < text.count else { return false }
            let byte = text[offset]
            offset += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "\"") { return true }
        }
    }

    private mutating func stepOverWord() {
        while offset < text.count {
            switch text[offset] {
            case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]"),
                UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), 0...0x20:
                return
            default: offset += 1
            }
        }
    }
}
