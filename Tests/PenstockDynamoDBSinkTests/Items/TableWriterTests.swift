import Penstock
import PenstockDynamoDB
import Testing

@testable import PenstockDynamoDBSink

@Suite struct TableWriterTests {
    private static let order = """
        {"ordertime":1511538140542,"orderid":3243,"itemid":"Item_117","orderunits":1.135368875862714,\
        "address":{"city":"City_43","state":"State_53"}}
        """

    private func put(
        _ writer: TableWriter, _ records: TestRecords, _ index: Int = 0
    ) throws -> Value {
        var output = OutputBuffer()
        try writer.put(records.batch, index, to: &output)
        return try #require(try Value(json: Array(output.bytes))["PutRequest"]?["Item"])
    }

    /// The three cases of the Confluent sink's documentation.
    @Test(
        arguments: [
            ("partition", ScalarType.number, "offset", ["partition": "0", "offset": "6075"]),
            ("value.orderid", .number, nil, [:]),
            ("value.orderid", .number, "value.ordertime", [:]),
        ] as [(String, ScalarType, String?, [String: String])])
    func `the documented cases`(
        hash: String, type: ScalarType, sort: String?, added: [String: String]
    ) throws {
        let records = TestRecords()
        try records.add(offset: 6075, value: Self.order)
        let item = try put(tableWriter(hash, type, sort: sort), records)
        var expected: [String: Value] = [
            "ordertime": ["N": "1511538140542"], "orderid": ["N": "3243"],
            "itemid": ["S": "Item_117"], "orderunits": ["N": "1.135368875862714"],
            "address": ["M": ["city": ["S": "City_43"], "state": ["S": "State_53"]]],
        ]
        for (name, number) in added {
            expected[name] = .build {
                $0.beginMap()
                $0.key("N")
                $0.string(number)
                $0.end()
            }
        }
        #expect(
            Dictionary(uniqueKeysWithValues: item.fields.map { ($0.name, $0.value) }) == expected)
    }

    @Test func `every kind becomes its attribute`() throws {
        let records = TestRecords()
        let value: Value = [
            "null": .null, "true": true, "int": .build { $0.int8(-5) },
            "float": .build { $0.float32(5.1) }, "double": 1e21, "whole": 4.0,
            "decimal": .build { $0.decimal("1.0010") },
            "number": .build { $0.number("12345678901234567890123456789012345678") },
            "string": "a\"b\\c\nä", "empty": "", "bytes": .build { $0.bytes([0, 255, 7]) },
            "list": [1, "two", []], "map": ["a": [:]],
            "id": "k1",
        ]
        records.add(offset: 1, made: value)
        let item = try put(tableWriter(), records)
        #expect(
            item == [
                "id": ["S": "k1"], "null": ["NULL": true], "true": ["BOOL": true],
                "int": ["N": "-5"], "float": ["N": "5.1"], "double": ["N": "1e+21"],
                "whole": ["N": "4"], "decimal": ["N": "1.0010"],
                "number": ["N": "12345678901234567890123456789012345678"],
                "string": ["S": "a\"b\\c\nä"], "empty": ["S": ""], "bytes": ["B": "AP8H"],
                "list": ["L": [["N": "1"], ["S": "two"], ["L": []]]],
                "map": ["M": ["a": ["M": [:]]]],
            ])
    }

    @Test func `a value that is not a struct becomes the attribute value`() throws {
        let records = TestRecords()
        try records.add(offset: 3, value: "[1]")
        try records.add(offset: 4, value: nil)
        let writer = tableWriter("partition", .number, sort: "offset")
        #expect(
            try put(writer, records)
                == ["partition": ["N": "0"], "offset": ["N": "3"], "value": ["L": [["N": "1"]]]])
        #expect(try put(writer, records, 1) == ["partition": ["N": "0"], "offset": ["N": "4"]])
    }

    @Test func `an aliased key leaves the field where it was`() throws {
        let records = TestRecords()
        try records.add(offset: 3, value: #"{"userId":"u1","x":{"y":2}}"#)
        let item = try put(tableWriter("value.userId:user", sort: "value.x.y"), records)
        #expect(
            item == [
                "user": ["S": "u1"], "y": ["N": "2"], "userId": ["S": "u1"],
                "x": ["M": ["y": ["N": "2"]]],
            ])
    }

    @Test(arguments: [
        ("value.id", #"{"id":"k","x":1}"#, false), ("key:id", #"{"id":"k","x":1}"#, true),
        ("key:id", #"{"x":1}"#, false), ("value.c.id:c", #"{"c":{"id":"k"}}"#, true),
    ])
    func `a field that a key attribute hides is noticed`(
        hash: String, value: String, hides: Bool
    ) throws {
        let records = TestRecords()
        try records.add(offset: 1, key: "\"k\"", value: value)
        var output = OutputBuffer()
        let hidden = try tableWriter(hash).put(records.batch, 0, to: &output)
        #expect(hidden == hides)
    }

    @Test func `a deletion has the key alone`() throws {
        let records = TestRecords()
        try records.add(offset: 3, key: #"{"id":"k\"1"}"#)
        var output = OutputBuffer()
        try tableWriter("key.id").delete(records.batch, 0, to: &output)
        #expect(
            try Value(json: Array(output.bytes))
                == ["DeleteRequest": ["Key": ["id": ["S": "k\"1"]]]])
    }

    // MARK: Refusals

    @Test(arguments: [
        (
            #"{"id":"k","n":123456789012345678901234567890123456789}"#,
            "n: a number may have at most 38 digits"
        ),
        (#"{"id":"k","a":{"b":[1,1e126]}}"#, "a.b.1: a number has to be less than 1E126"),
        (#"{"id":""}"#, "value.id: a key must not be empty"),
        (#"{"id":null}"#, "value.id: is null, and a key cannot be"),
        (#"{}"#, "value.id: is missing, and the table's key needs it"),
        (#"[]"#, "value.id: is missing, and the table's key needs it"),
        (#"{"id":7}"#, "value.id: is of type N; the table's key is of type S"),
        (#"{"id":true}"#, "value.id: is boolean; a key has to be a string, a number or bytes"),
        (#"{"id":{}}"#, "value.id: is map; a key has to be a string, a number or bytes"),
        (#"{"id":"k","":1}"#, "an attribute's name has 1 to 65535 bytes"),
    ])
    func `what DynamoDB refuses is refused with its place`(json: String, message: String) throws {
        let records = TestRecords()
        try records.add(offset: 9, value: json)
        let error = #expect(throws: ItemError.self) { try put(tableWriter(), records) }
        #expect(error?.description == message)
    }

    @Test func `numbers that are none`() {
        let records = TestRecords()
        for number in [Double.nan, .infinity, -.infinity] {
            let value: Value = ["id": "k", "x": ["y": .build { $0.float64(number) }]]
            let index = records.add(offset: 1, made: value)
            let error = #expect(throws: ItemError.self) { try put(tableWriter(), records, index) }
            #expect(error == ItemError(.notFinite, at: ["x", "y"]))
        }
    }

    /// 409 600 bytes are allowed, one more is not.
    @Test func `the size is counted to the byte`() throws {
        let records = TestRecords()
        for (length, fits) in [(409_600 - 3 - 1, true), (409_600 - 3 - 1 + 1, false)] {
            // "id" and its one byte, "s" and its text.
            let text = String(repeating: "x", count: length)
            let index = try records.add(offset: 1, value: #"{"id":"k","s":"\#(text)"}"#)
            if fits {
                _ = try put(tableWriter(), records, index)
            } else {
                let error = #expect(throws: ItemError.self) {
                    try put(tableWriter(), records, index)
                }
                #expect(error == ItemError(.rule(.itemSize)))
            }
        }
    }

    /// Nothing of what is far too large is written, and the memory for bodies stays small.
    @Test func `an item that is too large is refused before it is copied`() throws {
        let records = TestRecords()
        let text = String(repeating: "x", count: 4_000_000)
        for (value, path) in [
            (#"{"id":"k","s":"\#(text)"}"#, []), (#"{"id":"k","a":["\#(text)"]}"#, []),
            (#""\#(text)""#, []), (#"{"id":"k","a":{"\#(text)":1}}"#, ["a"]),
        ] {
            let index = try records.add(offset: 1, value: value)
            var output = OutputBuffer()
            do {
                try tableWriter("offset", .number).put(records.batch, index, to: &output)
                Issue.record("it is too large")
            } catch {
                #expect(error.path == path)
            }
            #expect(output.count < 1000)
        }
    }

    @Test func `a key's attribute is written once, whatever the map's keys are`() throws {
        let records = TestRecords()
        let map = Value.build { builder in
            builder.beginMap()
            for number: Int32 in [1, 2] {
                builder.int32(number)
                builder.boolean(true)
            }
            builder.end()
        }
        records.add(offset: 5, made: map)
        let writer = tableWriter("offset:1", .number)
        #expect(try put(writer, records) == ["1": ["N": "5"], "2": ["BOOL": true]])
        var output = OutputBuffer()
        try writer.put(records.batch, 0, to: &output)
        let body = String(decoding: output.bytes, as: UTF8.self)
        #expect(body.ranges(of: #""1":"#).count == 1)
    }

    @Test func `nesting ends at 32 levels`() throws {
        let records = TestRecords()
        func nested(_ levels: Int) -> Value {
            .build { builder in
                builder.beginMap()
                builder.key("id")
                builder.string("k")
                builder.key("deep")
                for _ in 0..<levels - 1 { builder.beginArray() }
                builder.null()
                for _ in 0..<levels { builder.end() }
            }
        }
        let good = records.add(offset: 1, made: nested(32))
        let bad = records.add(offset: 2, made: nested(33))
        var output = OutputBuffer()
        try tableWriter().put(records.batch, good, to: &output)
        let error = #expect(throws: ItemError.self) {
            var output = OutputBuffer()
            try tableWriter().put(records.batch, bad, to: &output)
        }
        #expect(error?.reason == .rule(.nesting))
    }

    // MARK: Keys

    @Test(arguments: [
        (#"{"a":1,"b":2}"#, #"{"a":1.0,"b":20e-1}"#, true),
        (#"{"a":1,"b":2}"#, #"{"a":2,"b":1}"#, false),
    ])
    func `number keys are equal by value`(left: String, right: String, equal: Bool) throws {
        let records = TestRecords()
        let first = try records.add(offset: 1, value: left)
        let second = try records.add(offset: 2, value: right)
        let writer = tableWriter("value.a", .number, sort: "value.b")
        let hashes = try [first, second].map { try writer.keyHash(of: records.batch, $0) }
        #expect((hashes[0] == hashes[1]) == equal)
    }

    @Test func `a pair of texts is not its concatenation`() throws {
        let records = TestRecords()
        let first = try records.add(offset: 1, value: #"{"a":"a","b":"bc"}"#)
        let second = try records.add(offset: 2, value: #"{"a":"ab","b":"c"}"#)
        let writer = tableWriter("value.a", .string, sort: "value.b", .string)
        #expect(
            try writer.keyHash(of: records.batch, first)
                != writer.keyHash(of: records.batch, second))
    }

    @Test func `a key that comes back has the hash of its record`() throws {
        let records = TestRecords()
        let index = records.add(
            offset: 1,
            made: ["a": .build { $0.bytes([1, 2, 0]) }, "b": .build { $0.number("1.50") }])
        let writer = tableWriter("value.a", .binary, sort: "value.b")
        let hash = try writer.keyHash(of: records.batch, index)
        #expect(
            writer.keyHash(of: ["a": ["B": "AQIA"], "b": ["N": "1.5"], "c": ["S": "x"]]) == hash)
        #expect(writer.keyHash(of: ["a": ["B": "AQIB"], "b": ["N": "1.5"]]) != hash)
        #expect(writer.keyHash(of: ["b": ["N": "1.5"]]) == nil)
    }
}
