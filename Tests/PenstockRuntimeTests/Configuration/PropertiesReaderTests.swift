import Foundation
import Testing

@testable import PenstockRuntime

/// Properties are read as Java reads them over a UTF-8 reader.
@Suite struct PropertiesReaderTests {
    /// Where we differ, and why.
    static let differences = [
        "props/unicode-lone-surrogate": "half a surrogate pair is no character: refused",
        "props/invalid-utf8": "bytes that are not UTF-8 are refused, not replaced",
        "props/utf16-bom": "bytes that are not UTF-8 are refused, not replaced",
    ]

    static let cases = GoldenCase.all("properties", kind: "properties")

    @Test func `all cases are there`() {
        #expect(Self.cases.count == 53)
        #expect(Set(Self.differences.keys).isSubset(of: Self.cases.map(\.id)))
    }

    @Test(arguments: cases) func `a file is read as in Java`(_ golden: GoldenCase) throws {
        let bytes = try #require(golden.bytes)
        let expected = golden.pairs("reader_utf8")
        let read = try? PropertiesReader.read(bytes)
        guard let reason = Self.differences[golden.id] else {
            #expect(read == expected)
            return
        }
        print("\(golden.id): differs on purpose: \(reason)")
        #expect(read == nil)
    }

    /// Connect itself reads ISO-8859-1; what it makes of UTF-8 is listed here, with one reason.
    @Test func `UTF-8 is read where Connect reads ISO-8859-1`() {
        let different = Self.cases.filter {
            Self.differences[$0.id] == nil
                && $0.pairs("reader_utf8") != $0.pairs("utils_load_props")
        }.map(\.id)
        for id in different {
            print(
                "\(id): differs on purpose: files are UTF-8 today; \\u escapes read alike in both")
        }
        #expect(different == ["props/utf8-direct", "props/utf8-key", "props/nbsp"])
    }

    @Test(arguments: [
        ("a=b\n\n# c\nd=\\u12\n", 4, #"holds a \u without four hexadecimal digits"#),
        ("a=\\u+123", 1, #"holds a \u without four hexadecimal digits"#),
        ("a=1\r\nb=\\\r\n  \\udc00x", 2, "holds half of a surrogate pair"),
        ("a=\\ud83d\\u0041", 1, "holds half of a surrogate pair"),
    ]) func `an error names its line`(_ text: String, _ line: Int, _ reason: String) {
        #expect(throws: PropertiesSyntaxError(line: line, reason: reason)) {
            try PropertiesReader.read(Array(text.utf8))
        }
    }

    @Test func `random bytes are read or refused, never more`() {
        var random = SplitMix(state: 7)
        let letters = Array("a=: \\u0d8\n\r\t#!{\u{C}\u{E9}".utf8)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0..<24, using: &random)).map { _ in
                letters.randomElement(using: &random) ?? 0
            }
            if let read = try? PropertiesReader.read(bytes) { #expect(read.count <= bytes.count) }
        }
    }
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
