import Penstock
import Testing

@testable import PenstockConverters

@Suite struct `Numbers as Java writes them` {
    @Test(arguments: [
        (0.0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (0.001, "0.001"), (0.000999, "9.99E-4"),
        (9_999_999, "9999999.0"), (10_000_000, "1.0E7"), (123_456_789.125, "1.23456789125E8"),
        (1e21, "1.0E21"), (1e-7, "1.0E-7"), (.nan, "NaN"), (-.infinity, "-Infinity"),
        (.leastNonzeroMagnitude, "4.9E-324"), (Double(bitPattern: 2), "9.9E-324"),
        (Double(bitPattern: 4), "2.0E-323"),
        (.greatestFiniteMagnitude, "1.7976931348623157E308"), (100.5, "100.5"),
    ])
    func `64 bits`(value: Double, text: String) {
        #expect(JavaNumberText.text(value) == text)
    }

    @Test(arguments: [
        (0.1 as Float, "0.1"), (16_777_216, "1.6777216E7"), (.leastNonzeroMagnitude, "1.4E-45"),
        (3.4028235e38, "3.4028235E38"), (-1.5, "-1.5"),
    ])
    func `32 bits`(value: Float, text: String) {
        #expect(JavaNumberText.text(value) == text)
    }

    @Test func `a text is read back as the number`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<10_000 {
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            #expect(Double(JavaNumberText.text(value)) == value)
        }
    }

    @Test(arguments: [
        ("0", "0"), ("0.00", "0.00"), ("-1.50", "-1.50"), ("1E+10", "1E+10"),
        ("0.000001", "0.000001"),
        ("0.0000001", "1E-7"), ("12.5E3", "1.25E+4"), ("-0", "0"), ("1E0", "1"), ("120E-1", "12.0"),
    ])
    func `Decimals`(text: String, java: String) {
        let parts = Array(text.utf8).withUnsafeBytes { DecimalParts($0) }
        #expect(parts?.javaText == java)
    }

    @Test(arguments: [
        "0", "1", "-1", "127", "128", "-128", "-129", "255", "256", "-256", "32767", "32768",
        "9223372036854775808", "-9223372036854775809", "99999999999999999999999999999999999999",
        "-340282366920938463463374607431768211456", "1000000000", "-1000000000000000000",
    ])
    func `unscaled bytes are as few as there can be, and are read back`(text: String) throws {
        let parts = try #require(Array(text.utf8).withUnsafeBytes { DecimalParts($0) })
        let bytes = UnscaledDecimal.bytes(of: parts)
        if bytes.count > 1 { #expect(bytes[0] != (bytes[1] & 0x80 == 0 ? 0 : 0xFF)) }
        #expect(bytes[0] & 0x80 == (text.hasPrefix("-") ? 0x80 : 0))
        let arena = ValueArena()
        let range = bytes.withUnsafeBytes { arena.append($0) }
        let read = UnscaledDecimal.appendText(of: range, scale: 0, in: arena)
        #expect(String(decoding: arena[read], as: UTF8.self) == text)
    }

    @Test(arguments: [
        ([0x00], 2, "0.00"), ([0xFF], 2, "-0.01"), ([0x04, 0xD2], 2, "12.34"),
        ([0x04, 0xD2], 0, "1234"),
        ([0x80], 38, "-0.00000000000000000000000000000000000128"),
        (
            [0x7F] + [UInt8](repeating: 0xFF, count: 15), 0,
            "170141183460469231731687303715884105727"
        ),
        ([0x80] + [UInt8](repeating: 0, count: 15), 1, "-17014118346046923173168730371588410572.8"),
        (
            [0x00] + [UInt8](repeating: 0xFF, count: 16), 0,
            "340282366920938463463374607431768211455"
        ),
        ([0x04, 0xD2], 39, "0.000000000000000000000000000000000001234"),
        ([0x04, 0xD2], -2, "1234E+2"),
    ])
    func `unscaled bytes and a scale are text with a point`(
        bytes: [UInt8], scale: Int, text: String
    ) {
        let arena = ValueArena()
        let range = bytes.withUnsafeBytes { arena.append($0) }
        let read = UnscaledDecimal.appendText(of: range, scale: scale, in: arena)
        #expect(String(decoding: arena[read], as: UTF8.self) == text)
    }

    @Test func `a width that is not the format's is refused`() {
        let converter = FixedWidthConverter(.int32)
        #expect(throws: ConversionError.self) { try read(converter, []) }
        #expect(throws: ConversionError.self) { try read(converter, [1, 2, 3, 4, 5]) }
        #expect(throws: ConversionError.self) { try read(FixedWidthConverter(.boolean), [2]) }
    }
}
