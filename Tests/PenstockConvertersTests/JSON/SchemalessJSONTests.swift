import Penstock
import PenstockConverters
import Testing

@Suite struct `JSON without schemas` {
    private let converter: JSONConverter

    init() throws {
        var configuration = JSONConverter.Configuration()
        configuration.hasSchemas = false
        converter = try JSONConverter(configuration)
    }

    @Test(arguments: [
        "9223372036854775808", "-0.10", "1e400",
        "12345678901234567890.123456789012345678", "0.1000000000000000055511151231257827",
    ])
    func `a number keeps every digit`(text: String) throws {
        let value = try #require(try read(converter, #"{"n":\#(text)}"#))
        #expect(value["n"]?.number == text)
        #expect(String(decoding: value.json(), as: UTF8.self) == #"{"n":\#(text)}"#)
    }

    @Test(arguments: ["", " ", "\n\t \r", "\u{FEFF}"])
    func `bytes without anything in them are null`(text: String) throws {
        #expect(try read(converter, text) == .none)
    }

    @Test func `null bytes are null`() throws {
        #expect(try read(converter, nil) == .none)
        #expect(try converter.write(nil, schema: nil, topic: "orders") == nil)
    }

    @Test func `a byte order mark is passed over`() throws {
        #expect(try read(converter, "\u{FEFF}[1]") == [1])
    }

    @Test(arguments: ["007", "{\"a\":1}x", "[1,]", "NaN", "'a'", "// c\n1", "1 2"])
    func `what is not JSON is refused`(text: String) throws {
        let error = #expect(throws: ConversionError.self) { try read(converter, text) }
        #expect(error?.kind == .data)
    }

    @Test func `an error names rule and place, never content`() throws {
        let error = #expect(throws: ConversionError.self) {
            try read(converter, #"{"secret": x}"#)
        }
        #expect(
            error?.description
                == "the bytes cannot be read as JSON: not JSON: a byte cannot stand there (byte 11)"
        )
    }

    @Test func `32 levels are read, 33 are refused`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try read(converter, nested(32))?.kind == .array)
        #expect(throws: ConversionError.self) { try read(converter, nested(33)) }
    }
}
