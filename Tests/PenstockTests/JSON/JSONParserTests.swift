import Testing

@testable import Penstock

@Suite struct JSONParserTests {
    @Test(
        arguments: [
            ("null", Value.null), ("true", true), ("false", false), ("[]", [] as Value),
            ("{}", [:] as Value),
            ("[1,2]", [1, 2]), (" { \"a\" : [ true , null ] } ", ["a": [true, .null]]),
            (#""a\"\\\/\b\f\n\r\t\u0041""#, "a\"\\/\u{8}\u{C}\n\r\tA"), (#""\ud83d\ude00""#, "😀"),
            ("\"ä€😀\"", "ä€😀"), ("{\"a\":{\"b\":{\"c\":\"d\"}}}", ["a": ["b": ["c": "d"]]]),
            (#""\u0000""#, "\u{0}"), ("\"\"", ""),
        ] as [(String, Value)])
    func `valid texts become values`(text: String, expected: Value) throws {
        #expect(try Value(json: text.utf8) == expected)
    }

    /// Decoding a name makes room in the arena, which moves the text that is being read.
    ///
    /// Memory of this size is given back to the system, so that a look at the old place ends the
    /// process.
    @Test func `an escaped name may move the text`() throws {
        var text = [UInt8](repeating: UInt8(ascii: "x"), count: 40 << 20)
        text.replaceSubrange(..<2, with: #"[""#.utf8)
        text += Array(#"",{"\u0061":1}]"#.utf8)
        let arena = ValueArena(byteCapacity: text.count)
        let range = text.withUnsafeBytes { arena.append($0) }
        let token = try JSONParser.parse(range, in: arena)
        #expect(Value(arena: arena, index: token)[1] == ["a": 1])
    }

    @Test(arguments: [
        "0", "-0", "10", "1.5", "-1.50", "1e5", "1E+05", "1.25e-130",
        "12345678901234567890123456789012345678", "0.10000000000000000000000000000000000001",
    ])
    func `a number keeps its text`(text: String) throws {
        let value = try Value(json: text.utf8)
        #expect(value.kind == .number)
        #expect(value.number == text)
        #expect(value.token.flags.contains(.integral) == !text.contains { ".eE".contains($0) })
        #expect(String(decoding: value.json(), as: UTF8.self) == text)
    }

    @Test(
        arguments: [
            ("", JSONError.Code.unexpectedEnd, 0), ("   ", .unexpectedEnd, 3),
            ("{", .unexpectedEnd, 1),
            ("[1", .unexpectedEnd, 2), ("[1,]", .unexpectedByte, 3),
            ("{\"a\"}", .unexpectedByte, 4),
            ("{\"a\":1,}", .unexpectedByte, 7), ("{a:1}", .unexpectedByte, 1),
            ("[1}", .unexpectedByte, 2), ("01", .invalidNumber, 0), ("-", .invalidNumber, 0),
            ("1.", .invalidNumber, 0), ("1e", .invalidNumber, 0), (".5", .unexpectedByte, 0),
            ("+1", .unexpectedByte, 0), ("NaN", .unexpectedByte, 0), ("nul", .unexpectedEnd, 3),
            ("nulx", .unexpectedByte, 0), ("1 2", .trailingBytes, 2), ("\"a", .unexpectedEnd, 2),
            ("\"\\x\"", .invalidEscape, 1), ("\"\\u12\"", .invalidEscape, 1),
            ("\"\\ud800\"", .loneSurrogate, 1), ("\"\\udc00\"", .loneSurrogate, 1),
            ("\"\\ud800\\u0041\"", .loneSurrogate, 1), ("\"a\u{1}\"", .controlCharacter, 2),
            ("'a'", .unexpectedByte, 0), ("\"\\", .unexpectedEnd, 2),
        ] as [(String, JSONError.Code, Int)])
    func `a malformed text is refused with its place`(
        text: String, code: JSONError.Code, offset: Int
    ) {
        let error = #expect(throws: JSONError.self) { try Value(json: text.utf8) }
        #expect(error == JSONError(code, at: offset))
    }

    @Test(arguments: [
        [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
    ])
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        let error = #expect(throws: JSONError.self) { try Value(json: bytes) }
        #expect(error?.code == .invalidUTF8)
        // The same beside an escape, where the string is decoded.
        let escaped = bytes.dropLast() + Array("\\n\"".utf8)
        #expect(throws: JSONError.self) { try Value(json: escaped) }
    }

    @Test func `depth is capped without recursion`() throws {
        let deep = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        #expect(try Value(json: deep.utf8, maximumDepth: 32).kind == .array)
        let tooDeep = String(repeating: "[{\"a\":", count: 500_000)
        let error = #expect(throws: JSONError.self) {
            try Value(json: tooDeep.utf8, maximumDepth: 32)
        }
        #expect(error?.code == .tooDeep)
    }

    @Test func `of equal names the last counts`() throws {
        let value = try Value(json: #"{"a":1,"b":2,"a":3,"\u0061":4}"#.utf8)
        #expect(value.count == 2)
        #expect(value["a"]?.integer == 4)
        #expect(value.fields.map(\.name) == ["b", "a"])
        #expect(String(decoding: value.json(), as: UTF8.self) == #"{"b":2,"a":4}"#)
    }

    @Test func `many names, each twice`() throws {
        let names = (0..<5_000).map { "name\($0 % 2_500)" }
        let text = "{" + names.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",") + "}"
        let value = try Value(json: text.utf8)
        #expect(value.count == 2_500)
        #expect(value["name17"]?.integer == 2_517)
    }

    @Test func `after an error the arena is as before`() throws {
        let arena = ValueArena()
        let good = arena.append(text: #"{"a":"x\ny"}"#)
        let first = try JSONParser.parse(good, in: arena)
        let (tokens, bytes) = (arena.tokenCount, arena.byteCount)
        let bad = arena.append(text: #"{"a":{"b":"x\ny"#)
        #expect(throws: JSONError.self) { try JSONParser.parse(bad, in: arena) }
        #expect(arena.tokenCount == tokens)
        #expect(arena.byteCount == bytes + Int(bad.count))
        #expect(arena.memory.pointee.openCount == 0)
        #expect(Value(arena: arena, index: first) == ["a": "x\ny"])
    }

    /// Random bytes made of JSON's own pieces: whatever is accepted must survive being written.
    @Test func `what is accepted is written back the same`() throws {
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\\n", "1", "-2.5e3", "true", "null", " ",
            "ä", "\\u00e4", "\"b\":",
        ]
        var random = SeededGenerator(seed: 7)
        var accepted = 0
        for _ in 0..<100_000 {
            let text = (0..<Int.random(in: 1...8, using: &random))
                .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            guard let value = try? Value(json: text.utf8) else { continue }
            accepted += 1
            let again = try Value(json: value.json())
            #expect(again == value, "\(text)")
        }
        #expect(accepted > 1_000)
    }
}

extension ValueArena {
    func append(text: String) -> ByteRange {
        var text = text
        return text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }
}

/// The same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
