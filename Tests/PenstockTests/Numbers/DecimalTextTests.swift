import Penstock
import Testing

@Suite("Decimal numbers as text")
struct DecimalTextTests {
    @Test(
        "texts of one number are equal and share their canonical spelling",
        arguments: [
            ["1", "1.0", "10E-1", "+1", "01", "0.1e1", "1.", "1e0", "100e-2", "1E+0"],
            ["0", "-0", "0.0", "0e125", ".0", "0.", "00", "-0.000E-5", "0e99999999999999999999"],
            ["-12", "-12.0", "-1.2e1", "-0.12E2", "-1200e-2"],
            ["1000", "1e3", "1.000e3", "0.001e6"],
            ["0.00123", "1.23e-3", "123e-5", ".00123000"],
            [
                "12345678901234567890123456789012345678",
                "1.2345678901234567890123456789012345678e37",
            ],
        ])
    func sameNumber(texts: [String]) throws {
        let canonical = try canonical(texts[0])
        for text in texts {
            #expect(try self.canonical(text) == canonical, "\(text)")
            for other in texts { #expect(areEqual(text, other), "\(text) and \(other)") }
        }
    }

    @Test(
        "texts of different numbers differ",
        arguments: [
            ("1", "-1"), ("1", "10"), ("1", "1.01"), ("12", "1.2"), ("0", "0.1"), ("123", "124"),
            ("9007199254740993", "9007199254740992"), ("1e126", "1e127"), ("0.1", "0.01"),
            (
                "1.2345678901234567890123456789012345678",
                "1.2345678901234567890123456789012345679"
            ), ("1e99999999999999999999", "1e99999999999999999998"), ("10", "1"), ("101", "11"),
        ])
    func differentNumbers(left: String, right: String) throws {
        #expect(!areEqual(left, right))
        #expect(!areEqual(right, left))
        if !left.contains("e9999") { #expect(try canonical(left) != canonical(right)) }
    }

    @Test(
        "what is no number is refused",
        arguments: [
            "", "-", "+", ".", "-.", "e5", "1e", "1e+", "1.2.3", "1,2", " 1", "1 ", "0x1", "NaN",
            "Infinity", "1_000", "--1", "1e5.0", "1ee5", "１", "1\0",
        ])
    func notANumber(text: String) {
        #expect(DecimalText(text) == nil)
        #expect(!areEqual(text, "0"))
    }

    @Test(
        "plain text has neither exponent nor idle zeros",
        arguments: [
            ("1.5E2", "150"), ("0042.1200", "42.12"), ("-0", "0"), ("1E-3", "0.001"),
            ("-12.50e-1", "-1.25"), ("3.1400", "3.14"), ("00042", "42"), ("1.0", "1"),
            ("123e-5", "0.00123"), ("100.5", "100.5"), ("0.10", "0.1"), ("10e-1", "1"),
        ])
    func plain(text: String, expected: String) throws {
        #expect(try plain(text) == expected)
    }

    @Test("plain text of large exponents is as long as they say, or refused")
    func plainLimits() throws {
        #expect(try plain("1E125") == "1" + String(repeating: "0", count: 125))
        #expect(try plain("1E-130")?.count == 132)
        #expect(try plain("1E1001") == nil)
        #expect(try plain("1E-99999999999999999999") == nil)
    }

    @Test("digits and weight are those of the written number")
    func parts() throws {
        let number = try #require(DecimalText("-00120.3400e-2"))
        #expect(number.isNegative)
        #expect(number.digitCount == 5)
        #expect(number.exponent == 0)
        #expect(try #require(DecimalText("0e126")).exponent == 126)
        #expect(try #require(DecimalText("0.00e127")).exponent == 125)
        #expect(try #require(DecimalText("1e9223372036854775808")).isExponentSaturated)
        #expect(try !#require(DecimalText("1e9223372036854775807")).isExponentSaturated)
    }

    @Test("spellings made at random keep their number")
    func randomSpellings() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let digits = (0..<Int.random(in: 1...38, using: &random)).map { _ in
                "0123456789".randomElement(using: &random)!
            }
            let shift = Int.random(in: -40...40, using: &random)
            let text = String(digits) + "e\(shift)"
            let point = Int.random(in: 0...digits.count, using: &random)
            let moved =
                "00" + String(digits[..<point]) + "." + String(digits[point...]) + "00E"
                + "\(shift + digits.count - point)"
            #expect(areEqual(text, moved), "\(text) and \(moved)")
            let plain = try #require(try plain(text))
            #expect(areEqual(text, plain), "\(text) and \(plain)")
            #expect(try canonical(text) == canonical(plain))
        }
    }

    private func bytes<R>(_ text: String, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows
        -> R
    {
        try Array(text.utf8).withUnsafeBytes(body)
    }

    private func areEqual(_ left: String, _ right: String) -> Bool {
        bytes(left) { a in bytes(right) { b in DecimalText.areEqual(a, b) } }
    }

    private func canonical(_ text: String) throws -> String {
        try bytes(text) {
            String(decoding: try #require(DecimalText($0)).canonical(of: $0), as: UTF8.self)
        }
    }

    private func plain(_ text: String) throws -> String? {
        try bytes(text) {
            var output: [UInt8] = []
            guard try #require(DecimalText($0)).appendPlain(of: $0, to: &output) else { return nil }
            return String(decoding: output, as: UTF8.self)
        }
    }
}
