import Penstock
import Testing

@testable import PenstockConverters

@Suite struct `JSON with schemas` {
    private let converter = JSONConverter()
    private static let schema = """
        {"type":"struct","name":"Order","fields":[{"field":"id","type":"int64"},\
        {"field":"note","type":"string","optional":true},\
        {"field":"state","type":"string","default":"new"},\
        {"field":"total","type":"bytes","name":"org.apache.kafka.connect.data.Decimal",\
        "parameters":{"scale":"2"}}]}
        """

    private func record(_ payload: String, schema: String = schema) -> String {
        #"{"schema":\#(schema),"payload":\#(payload)}"#
    }

    /// A kilobyte of a record would become gigabytes.
    @Test func `defaults do not make a small record a huge one`() throws {
        let text = String(repeating: "x", count: 100_000)
        let elements = Array(repeating: "{}", count: 10_000).joined(separator: ",")
        let record = """
            {"schema":{"type":"array","items":{"type":"struct","fields":[\
            {"field":"a","type":"string","default":"\(text)"}]}},"payload":[\(elements)]}
            """
        let error = #expect(throws: ConversionError.self) { try read(converter, record) }
        #expect(error?.description.contains("defaults") == true)
    }

    @Test func `a struct is read by its schema`() throws {
        let text = record(#"{"total":"BNI=","id":7,"unknown":[1]}"#)
        let value = try #require(try read(converter, text))
        #expect(value.kind == .struct)
        #expect(value.schema?.name == "Order")
        #expect(value["id"]?.kind == .int64)
        #expect(value["note"]?.isNull == true)
        #expect(value["state"] == "new")
        #expect(value["total"]?.number == "12.34")
        #expect(value["unknown"] == .none)
    }

    @Test func `records with one schema's text share its object`() throws {
        let other = #"{"type":"int32"}"#
        let first = try #require(try read(converter, record(#"{"id":1,"total":1}"#)))
        _ = try read(converter, record("1", schema: other))
        let second = try #require(try read(converter, record(#"{"id":2,"total":2}"#)))
        #expect(first.schema === second.schema)
    }

    @Test func `without a cache every schema is read anew`() throws {
        var configuration = JSONConverter.Configuration()
        configuration.schemaCacheSize = 0
        let converter = try JSONConverter(configuration)
        #expect(try read(converter, record("1", schema: #"{"type":"int32"}"#)) == 1)
        #expect(try read(converter, record("2", schema: #"{"type":"int64"}"#)) == 2)
    }

    @Test func `more schemas than the cache holds are read all the same`() throws {
        var configuration = JSONConverter.Configuration()
        configuration.schemaCacheSize = 2
        let converter = try JSONConverter(configuration)
        for round in 0..<3 {
            for version in 0..<5 {
                let schema = #"{"type":"int32","version":\#(version)}"#
                let value = try read(converter, record("\(round)", schema: schema))
                #expect(value?.schema?.version == Int32(version))
            }
        }
    }

    @Test(arguments: [
        #"{"payload":5,"schema":{"type":"int32"}}"#,
        #" { "schema" : {"type":"int32"} , "payload" : 5 } "#,
        #"{"sch\u0065ma":{"type":"int32"},"payload":5}"#,
        #"{"schema":{"type":"int64"},"payload":6,"payload":5,"schema":{"type":"int32"}}"#,
        "\u{FEFF}" + #"{"schema":{"type":"int32"},"payload":5}"#,
    ])
    func `schema and payload are found however they are written`(text: String) throws {
        for _ in 0..<2 {
            let value = try #require(try read(converter, text))
            #expect(value.kind == .int32)
            #expect(value == 5)
        }
    }

    @Test(arguments: [
        "", "1", "[]", "{}", #"{"schema":{"type":"int32"}}"#,
        #"{"schema":{"type":"int32"},"payload":1,"more":2}"#,
    ])
    func `any other form is refused`(text: String) throws {
        let error = #expect(throws: ConversionError.self) { try read(converter, text) }
        #expect(error?.message.contains("schema and payload") == true)
    }

    @Test func `a null payload is no value`() throws {
        let schema = #"{"type":"string","optional":true}"#
        #expect(try read(converter, record("null", schema: schema)) == .none)
        #expect(try read(converter, record("null", schema: "null")) == .none)
        #expect(try read(converter, nil) == .none)
    }

    @Test func `an error names field and rule, never content`() throws {
        let schema = """
            {"type":"struct","fields":[{"field":"order","type":"struct",\
            "fields":[{"field":"id","type":"int8"}]}]}
            """
        let text = record(#"{"order":{"id":4711}}"#, schema: schema)
        let error = #expect(throws: ConversionError.self) { try read(converter, text) }
        #expect(error?.description == "field order.id: a number that is not an int8")
    }

    @Test func `an error in the text names its place in the record`() throws {
        let text = record(#"{"id":nul}"#)
        let place = try #require(text.utf8.firstRange(of: "nul}".utf8))
        let offset = text.utf8.distance(from: text.utf8.startIndex, to: place.lowerBound)
        let error = #expect(throws: ConversionError.self) { try read(converter, text) }
        #expect(error?.description.hasSuffix("(byte \(offset))") == true)
    }

    @Test func `a batch holds each value's tokens and nothing else, also after errors`() throws {
        let arena = ValueArena()
        let good = RecordBytes(Array(record(#"{"id":1,"total":2}"#).utf8))
        let bad = RecordBytes(Array(record(#"{"id":1,"total":[]}"#).utf8))
        var values: [Value] = []
        for bytes in [good, bad, good] {
            let before = arena.tokenCount
            var builder = ValueBuilder(arena: arena)
            do {
                try converter.read(bytes, topic: "orders", into: &builder)
                values.append(builder.finish())
                #expect(arena.tokenCount - before == 5)
            } catch {
                #expect(arena.tokenCount == before)
            }
        }
        #expect(values.count == 2)
        #expect(values[0] == values[1])
        #expect(values[0].schema === values[1].schema)
    }

    @Test func `fields are found in any order, also where there are many`() throws {
        let names = (0..<100).map { "field\($0)" }
        let fields = names.map { #"{"field":"\#($0)","type":"int32","optional":true}"# }
        let schema = #"{"type":"struct","fields":[\#(fields.joined(separator: ","))]}"#
        let pairs = names.dropFirst(10).reversed().map { #""\#($0)":\#($0.dropFirst(5))"# }
        let text = record("{\(pairs.joined(separator: ","))}", schema: schema)
        let value = try #require(try read(converter, text))
        #expect(value["field9"]?.isNull == true)
        for number in 10..<100 { #expect(value["field\(number)"]?.integer == Int64(number)) }
    }

    @Test(arguments: [32, 33, 100])
    func `payloads and schemas are at most 32 levels deep`(depth: Int) throws {
        let open = String(repeating: #"{"type":"array","items":"#, count: depth - 1)
        let schema = open + #"{"type":"int32"}"# + String(repeating: "}", count: depth - 1)
        let payload =
            String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
        if depth <= 32 {
            #expect(try read(converter, record(payload, schema: schema))?.kind == .array)
        } else {
            #expect(throws: ConversionError.self) {
                try read(converter, record(payload, schema: schema))
            }
        }
    }

    @Test func `a default is copied with its schemas`() throws {
        let schema = """
            {"type":"struct","fields":[{"field":"a","type":"map","keys":{"type":"string"},\
            "values":{"type":"array","items":{"type":"int32"}},"default":{"k":[1,2]}}]}
            """
        let value = try #require(try read(converter, record("{}", schema: schema)))
        #expect(value["a"] == ["k": [1, 2]])
        let inner = value.schema?.fields[0].schema.values
        #expect(value["a"]?["k"]?.schema === inner)
    }

    @Test(arguments: [
        ("2147483647", "1E-2147483647"), ("-2147483648", "1E+2147483648"), ("3", "0.001"),
    ])
    func `a Decimal's scale costs no memory`(scale: String, text: String) throws {
        let schema = """
            {"type":"bytes","name":"org.apache.kafka.connect.data.Decimal",\
            "parameters":{"scale":"\(scale)"}}
            """
        #expect(try read(converter, record(#""AQ==""#, schema: schema))?.number == text)
    }

    @Test func `a Decimal of over 512 bytes is refused`() throws {
        let schema = """
            {"type":"bytes","name":"org.apache.kafka.connect.data.Decimal",\
            "parameters":{"scale":"0"}}
            """
        let number = String(repeating: "f39/", count: 171)
        #expect(throws: ConversionError.self) {
            try read(converter, record("\"\(number)\"", schema: schema))
        }
    }

    @Test func `what is written is read back, with its schema`() throws {
        let text = record(
            #"{"id":9223372036854775807,"note":"\u00e9\"\\","state":"x","total":"BNI="}"#)
        let value = try #require(try read(converter, text))
        let bytes = try converter.write(value, schema: value.schema, topic: "orders")
        let again = try #require(try read(JSONConverter(), bytes))
        #expect(again == value)
        #expect(again.schema == value.schema)
        #expect(try converter.write(again, schema: again.schema, topic: "orders") == bytes)
    }
}
