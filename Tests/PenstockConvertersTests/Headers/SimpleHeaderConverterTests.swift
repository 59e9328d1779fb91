import Penstock
import Testing

@testable import PenstockConverters

@Suite struct `Headers as text` {
    private let converter = SimpleHeaderConverter()

    private func value(_ text: String) throws -> Value {
        try #require(try readHeader(converter, Array(text.utf8)))
    }

    @Test(arguments: [
        "abc", "", " ", "1 ", "1x", "007", "1.", "12:34", "[1]x", "[1", "{\"a\":1}}", "nullx",
        "TRUE",
        "2020-02-30", "25:00:00.000Z", "-", "+", "[a]", "{a:1}", "\"a\"", "[null]", "t",
        "1e9999999999",
    ])
    func `text of no other form is a string`(text: String) throws {
        #expect(try value(text).string == text)
    }

    @Test(arguments: [
        ("true", Value.Kind.boolean), ("127", .int8), ("128", .int16), ("-32769", .int32),
        ("2147483648", .int64), ("9223372036854775808", .decimal), ("0.1", .float32),
        ("0.30000000000000004", .float64), ("0.1234567890123456789", .decimal),
        ("2020-02-29", .int32), ("12:34:56.789Z", .int32), ("1969-12-31T23:59:59.999Z", .int64),
        ("[1,200]", .array), (#"{"a":{"b":[1.5]}}"#, .map), (#"["a\"b\\c\n:,]"]"#, .array),
        ("[1,\"a\",true]", .array), ("{\"at\":12:34:56.789Z}", .map), ("[]", .array), ("{}", .map),
    ])
    func `a value is written back as it came`(text: String, kind: Value.Kind) throws {
        let value = try value(text)
        #expect(value.kind == kind)
        let written = try converter.write(value, name: "trace", topic: "orders") ?? []
        let isQuoted = text.contains(#"\n"#)
        if !isQuoted { #expect(String(decoding: written, as: UTF8.self) == text) }
        #expect(try readHeader(converter, written) == value)
    }

    @Test func `elements have one schema where their digits allow it`() throws {
        #expect(try value("[1,40000]").schema?.values?.type == .int32)
        #expect(try value("[1,0.5]").schema?.values?.type == .float32)
        #expect(try value("[0.1,0.30000000000000004]").schema?.values?.type == .float64)
        #expect(try value("[16777217,0.5]").schema?.values?.type == .float64)
        #expect(try value("[1,\"a\"]").schema?.values == .none)
    }

    @Test func `what is not UTF-8 stays bytes`() throws {
        #expect(try readHeader(converter, [0x31, 0xC3])?.bytes == [0x31, 0xC3])
    }

    @Test func `nested deeper than 32 levels it is a string`() throws {
        let text = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
        #expect(try value(text).string == text)
    }

    @Test func `null is null`() throws {
        #expect(try readHeader(converter, nil) == .none)
        #expect(try readHeader(converter, Array("null".utf8)) == .none)
        #expect(try converter.write(nil, name: "trace", topic: "orders") == nil)
    }

    @Test func `a batch does not run out of numbers for schemas`() throws {
        for depth in 1...31 {
            for element in ["1", "\"a\"", "true", "0.5"] {
                let text =
                    String(repeating: "[", count: depth) + element
                    + String(repeating: "]", count: depth)
                #expect(try value(text).kind == .array)
            }
        }
        // The values stay right; only their schema is left out.
        #expect(try value("[[[2020-01-01]]]") == [[[18262]]])
        #expect(try value("[[[2020-01-01]]]").schema == .none)
    }
}
