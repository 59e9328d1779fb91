/// Reads JSON that lies in an arena into tokens of that arena, in one pass and without recursion.
///
/// Strings without an escape and numbers stay where they are: their tokens point at them. A
/// number's text is kept whole. Of an object's equal names the last counts. After an error the
/// arena has no more tokens than before.
package struct JSONParser {
    private let arena: ValueArena
    private let memory: UnsafeMutablePointer<ArenaMemory>
    private let range: ByteRange
    private let maximumDepth: Int
    private let floor: Int
    private var text: UnsafeRawBufferPointer

    /// The levels of arrays and objects that a record may have: DynamoDB's own limit.
    package static let dataDepth = 32

    /// Reads the JSON text in a range of the arena's bytes and returns its value's token.
    package static func parse(
        _ range: ByteRange, in arena: ValueArena, maximumDepth: Int = dataDepth
    ) throws(JSONError) -> Int {
        let tokens = arena.tokenCount
        let bytes = arena.byteCount
        var parser = JSONParser(range, in: arena, maximumDepth: maximumDepth)
        do {
            try parser.run()
        } catch {
            arena.memory.pointee.openCount = parser.floor
            arena.truncateTokens(to: tokens)
            arena.truncateBytes(to: bytes)
            throw error
        }
        return tokens
    }

    private init(_ range: ByteRange, in arena: ValueArena, maximumDepth: Int) {
        self.arena = arena
        self.range = range
        self.maximumDepth = maximumDepth
        memory = arena.memory
        floor = memory.pointee.openCount
        text = arena[range]
    }

    private mutating func run() throws(JSONError) {
        var offset = skipSpace(from: 0)
        repeat {
            offset = try value(at: offset)
            offset = try next(after: offset)
        } while memory.pointee.openCount > floor
        guard offset == text.count else { throw JSONError(.trailingBytes, at: offset) }
    }

    // MARK: Values

    /// Reads a scalar or an empty container, or opens a container; returns what follows.
    private mutating func value(at start: Int) throws(JSONError) -> Int {
        var offset = start
        while true {
            guard offset < text.count else { throw JSONError(.unexpectedEnd, at: offset) }
            switch text[offset] {
            case UInt8(ascii: "\""): return try string(at: offset)
            case UInt8(ascii: "{"):
                offset = try open(.map, at: offset)
                if close(UInt8(ascii: "}"), at: offset) { return offset + 1 }
                offset = try name(at: offset)
            case UInt8(ascii: "["):
                offset = try open(.array, at: offset)
                if close(UInt8(ascii: "]"), at: offset) { return offset + 1 }
            case UInt8(ascii: "t"): return try literal("true", Token(.boolean, payload: 1), offset)
            case UInt8(ascii: "f"): return try literal("false", Token(.boolean), offset)
            case UInt8(ascii: "n"): return try literal("null", Token(.null), offset)
            default: return try number(at: offset)
            }
        }
    }

    /// Steps behind a finished value: to the next value, or out of every container that ends here.
    private mutating func next(after start: Int) throws(JSONError) -> Int {
        var offset = skipSpace(from: start)
        while memory.pointee.openCount > floor {
            guard offset < text.count else { throw JSONError(.unexpectedEnd, at: offset) }
            let isMap = memory.pointee.open[memory.pointee.openCount - 1].isMap
            if text[offset] == UInt8(ascii: ",") {
                offset = skipSpace(from: offset + 1)
                return isMap ? try name(at: offset) : offset
            }
            guard close(isMap ? UInt8(ascii: "}") : UInt8(ascii: "]"), at: offset) else {
                throw JSONError(.unexpectedByte, at: offset)
            }
            offset = skipSpace(from: offset + 1)
        }
        return offset
    }

    private mutating func open(_ kind: Value.Kind, at offset: Int) throws(JSONError) -> Int {
        guard memory.pointee.openCount - floor < maximumDepth else {
            throw JSONError(.tooDeep, at: offset)
        }
        add(Token(kind))
        memory.pointee.openContainer()
        return skipSpace(from: offset + 1)
    }

    private func close(_ byte: UInt8, at offset: Int) -> Bool {
        guard offset < text.count, text[offset] == byte else { return false }
        arena.closeContainer()
        return true
    }

    /// Reads an object's name and its colon.
    @inline(__always)
    private mutating func name(at start: Int) throws(JSONError) -> Int {
        guard start < text.count else { throw JSONError(.unexpectedEnd, at: start) }
        guard text[start] == UInt8(ascii: "\"") else { throw JSONError(.unexpectedByte, at: start) }
        // Not in one expression: the string may move the text, of which `skipSpace` then had a copy.
        let end = try string(at: start)
        let offset = skipSpace(from: end)
        guard offset < text.count else { throw JSONError(.unexpectedEnd, at: offset) }
        guard text[offset] == UInt8(ascii: ":") else {
            throw JSONError(.unexpectedByte, at: offset)
        }
        return skipSpace(from: offset + 1)
    }

    private func literal(
        _ word: StaticString, _ token: Token, _ offset: Int
    ) throws(JSONError) -> Int {
        let end = offset + word.utf8CodeUnitCount
        guard end <= text.count else { throw JSONError(.unexpectedEnd, at: text.count) }
        for place in 1..<word.utf8CodeUnitCount
        where text[offset + place] != word.utf8Start[place] {
            throw JSONError(.unexpectedByte, at: offset)
        }
        add(token)
        return end
    }

    @inline(__always)
    private func number(at offset: Int) throws(JSONError) -> Int {
        let byte = text[offset]
        guard byte == UInt8(ascii: "-") || byte &- 0x30 < 10 else {
            throw JSONError(.unexpectedByte, at: offset)
        }
        var end = offset + 1
        while end < text.count, text[end] &- 0x30 < 10 { end += 1 }
        // Most numbers are plain integers: one that begins with 1 to 9 and has ended is one.
        var integral = end == text.count || text[end] | 0x20 != UInt8(ascii: "e")
        integral = integral && (end == text.count || text[end] != UInt8(ascii: "."))
        if !integral || byte &- 0x31 >= 9 {
            guard let scanned = JSONScanner.number(in: text, at: offset),
                scanned == text.count || text[scanned] &- 0x30 >= 10  // 012 is 0 and a stray 12
            else { throw JSONError(.invalidNumber, at: offset) }
            end = scanned
        }
        add(Token(.number, flags: integral ? .integral : [], range: place(offset..<end)))
        return end
    }

    // MARK: Strings

    /// Reads the string whose opening quote stands at an offset; returns what follows it.
    @inline(__always)
    private mutating func string(at quote: Int) throws(JSONError) -> Int {
        let start = quote + 1
        var isASCII = true
        var offset = start
        while true {
            offset = JSONScanner.endOfPlainText(in: text, from: offset)
            guard offset < text.count else { throw JSONError(.unexpectedEnd, at: offset) }
            switch text[offset] {
            case UInt8(ascii: "\""):
                try validate(start..<offset, isASCII)
                add(Token(.string, flags: .plain, range: place(start..<offset)))
                return offset + 1
            case UInt8(ascii: "\\"):
                return try escapedString(from: start, firstEscape: offset)
            case 0x80...:
                isASCII = false
                offset += 1
            default: throw JSONError(.controlCharacter, at: offset)
            }
        }
    }

    private func validate(_ range: Range<Int>, _ isASCII: Bool) throws(JSONError) {
        if isASCII || JSONScanner.isUTF8(UnsafeRawBufferPointer(rebasing: text[range])) { return }
        throw JSONError(.invalidUTF8, at: range.lowerBound)
    }

    /// Decodes a string with escapes to the arena's end.
    ///
    /// It never grows by decoding.
    @inline(never)
    private mutating func escapedString(
        from start: Int, firstEscape: Int
    ) throws(JSONError) -> Int {
        arena.reserveBytes(text.count - start)
        text = arena[range]
        var decoder = JSONStringDecoder(text: text, offset: start)
        let output = arena.end
        let count = try decoder.decode(to: output)
        let decoded = UnsafeRawBufferPointer(start: output, count: count)
        guard JSONScanner.isUTF8(decoded) else { throw JSONError(.invalidUTF8, at: start) }
        let range = arena.append(atMost: count) { _ in count }
        let plain = JSONScanner.isPlain(arena[range])
        add(Token(.string, flags: plain ? .plain : [], range: range))
        return decoder.offset
    }

    // MARK: Helpers

    @inline(__always)
    private func add(_ token: Token) { memory.pointee.add(token) }

    @inline(__always)
    private func place(_ part: Range<Int>) -> ByteRange {
        ByteRange(offset: Int(range.offset) + part.lowerBound, count: part.count)
    }

    @inline(__always)
    private func skipSpace(from start: Int) -> Int {
        var offset = start
        while offset < text.count {
            switch text[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return offset
            }
        }
        return offset
    }
}
