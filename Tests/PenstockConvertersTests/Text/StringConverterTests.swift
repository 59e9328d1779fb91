import Penstock
import Testing

@testable import PenstockConverters

@Suite struct `Strings and their encodings` {
    private func converter(_ encoding: TextEncoding) -> StringConverter {
        var configuration = StringConverter.Configuration()
        configuration.encoding = encoding
        return StringConverter(configuration)
    }

    @Test(arguments: [
        TextEncoding.utf8, .utf16, .utf16BigEndian, .utf16LittleEndian, .utf32,
    ])
    func `every character survives`(encoding: TextEncoding) throws {
        let text = "a\u{0}é€\u{FFFD}\u{10FFFF}😀"
        let bytes = try converter(encoding).write(
            .build { $0.string(text) }, schema: nil, topic: "orders")
        #expect(try read(converter(encoding), bytes)?.string == text)
    }

    @Test func `all of Windows-1252's characters survive`() throws {
        let bytes = (UInt8.min...UInt8.max).filter { ![0x81, 0x8D, 0x8F, 0x90, 0x9D].contains($0) }
        let value = try #require(try read(converter(.windows1252), bytes))
        #expect(try converter(.windows1252).write(value, schema: nil, topic: "orders") == bytes)
        #expect(throws: ConversionError.self) { try read(converter(.windows1252), [0x81]) }
    }

    @Test func `no bytes are an empty string, null is null`() throws {
        #expect(try read(converter(.utf8), [])?.string == "")
        #expect(try read(converter(.utf8), nil) == .none)
        #expect(try converter(.utf8).write(nil, schema: nil, topic: "orders") == nil)
    }

    @Test func `an error never shows content`() throws {
        let error = #expect(throws: ConversionError.self) {
            try read(converter(.utf8), Array("secret".utf8) + [0xFF])
        }
        #expect(error?.description == "the bytes are not text in UTF-8")
    }
}
