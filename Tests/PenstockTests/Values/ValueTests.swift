import Testing

@testable import Penstock

@Suite struct ValueTests {
    private static let point = Schema(
        .struct, name: "point",
        fields: [.init("x", Schema(.int32)), .init("name", Schema(.string, isOptional: true))])

    private static func point(_ x: Int32, _ name: String?) -> Value {
        .build { builder in
            builder.beginStruct(point)
            builder.int32(x)
            if let name { builder.string(name) } else { builder.null() }
            builder.end()
        }
    }

    @Test func `a struct is looked into by name`() {
        let value = Self.point(7, "seven")
        #expect(value.kind == .struct)
        #expect(value.count == 2)
        #expect(value["x"]?.integer == 7)
        #expect(value["name"]?.string == "seven")
        #expect(value["y"] == nil)
        #expect(value.schema?.name == "point")
        #expect(value.fields.map(\.name) == ["x", "name"])
    }

    @Test func `an array is indexed and iterated`() {
        let value: Value = [1, [2, 3], ["a": 4], "five"]
        #expect(value.count == 4)
        #expect(value[1][1].integer == 3)
        #expect(value[3].string == "five")
        #expect(value.elements.map(\.kind) == [.int64, .array, .map, .string])
    }

    @Test(
        arguments: [
            (Value.build { $0.int8(1) }, Value.build { $0.number("1.0") }, true),
            (.build { $0.number("10E-1") }, .build { $0.int64(1) }, true),
            (.build { $0.float64(0.5) }, .build { $0.decimal("0.50") }, true),
            (.build { $0.float32(5.1) }, .build { $0.number("5.1") }, true),
            (1, "1", false), (true, 1, false), (.null, false, false),
            (["a": 1, "b": 2], ["b": 2, "a": 1], true), (["a": 1], ["a": 1, "b": 2], false),
            ([1, 2], [2, 1], false), ("", [], false),
            (
                .build { $0.number("12345678901234567890123456789012345678") },
                .build { $0.number("12345678901234567890123456789012345679") }, false
            ),
        ] as [(Value, Value, Bool)])
    func `values compare as DynamoDB compares them`(left: Value, right: Value, equal: Bool) {
        #expect((left == right) == equal)
        #expect((right == left) == equal)
    }

    @Test func `a struct equals a map of the same fields`() {
        #expect(Self.point(7, "seven") == ["name": "seven", "x": 7])
        #expect(["name": "seven", "x": 7] == Self.point(7, "seven"))
        #expect(Self.point(7, nil) != ["x": 7])
    }

    @Test(arguments: [
        ("9223372036854775807", Int64.max), ("-9223372036854775808", .min), ("0", 0),
        ("9223372036854775808", nil), ("1.0", nil), ("1e3", nil),
    ])
    func `an integer is given only where it fits`(text: String, expected: Int64?) {
        #expect(Value.build { $0.number(text) }.integer == expected)
    }

    @Test func `a map under other keys than strings is no struct`() {
        let map = Value.build { builder in
            builder.beginMap()
            for number: Int32 in [1, 2] {
                builder.int32(number)
                builder.int32(number)
            }
            builder.end()
        }
        #expect(map != Self.point(7, "seven"))
        #expect(Self.point(7, "seven") != map)
    }

    /// Keys of every kind, each in two spellings: the second replaces the first.
    @Test func `of equal keys the last stays, whatever their kind`() {
        let keys: [[Value]] = [
            [1, .build { $0.number("1.00") }],
            [.build { $0.number("-0") }, .build { $0.number("0e99") }],
            [0.5, .build { $0.decimal("5E-1") }], [true, true], [.null, .null], ["a", "a"],
            [.build { $0.bytes([1]) }, .build { $0.bytes([1]) }], [[1, "a"], [1.0, "a"]],
            [Self.point(1, "p"), ["name": "p", "x": .build { $0.number("1") }]],
            [["a": 1, "b": 2], ["b": 2, "a": 1]],
            [
                .build { $0.number("1e99999999999999999999") },
                .build { $0.number("1e99999999999999999999") },
            ],
        ]
        let map = Value.build { builder in
            builder.beginMap()
            for (version, place) in [0, 1].enumerated() {
                for spellings in keys {
                    builder.value(spellings[place])
                    builder.value(version == 0 ? "old" : "new")
                }
            }
            builder.end()
        }
        #expect(map.count == keys.count)
        #expect(map.pairs.allSatisfy { $0.value == "new" })
        #expect(zip(map.pairs, keys).allSatisfy { $0.key == $1[1] })
    }

    /// With the square of their number it would take minutes.
    @Test(.timeLimit(.minutes(1)), arguments: ["", ".5", "[]", "e999999999999999999999"])
    func `many keys that are no strings take time by their number`(suffix: String) {
        func map() -> Value {
            .build { builder in
                builder.beginMap()
                for number in 0..<60_000 {
                    if suffix == "[]" {
                        builder.beginArray()
                        builder.int64(Int64(number))
                        builder.end()
                    } else {
                        builder.number("\(number + 1)\(suffix)")
                    }
                    builder.null()
                }
                builder.end()
            }
        }
        let value = map()
        #expect(value.count == 60_000)
        #expect(value == map())
    }

    @Test func `an object of deep JSON is refused, not a trap`() {
        let text = Array(String(repeating: "[", count: 1000).utf8)
        #expect(throws: JSONError.self) { try Value(json: text, maximumDepth: 2000) }
    }

    @Test func `families of schemas leave numbers for others`() {
        let arena = ValueArena()
        for size in [1000, 1] {
            while arena.number(ofFamily: (0..<size).map { _ in Schema(.int8) }) != nil {}
        }
        let numbers = Set((0..<100).map { _ in arena.number(of: Schema(.string)) })
        #expect(numbers.count == 100)
    }

    @Test func `a number too large for a Double is refused`() {
        #expect(throws: ValueDecodingError.self) {
            try Value.build { $0.number("1e999") }.decode(Double.self)
        }
    }

    @Test func `a value copied into another arena keeps its content`() {
        let inner: Value = ["a": [1, "two", .null], "p": Self.point(1, "ä\"")]
        let outer: Value = [inner, inner]
        #expect(outer[0] == inner)
        #expect(outer[1]["p"]?.schema?.name == "point")
    }

    @Test func `a value says nothing of its content`() {
        let value: Value = ["secret": "hunter2"]
        #expect("\(value)" == "map of 1 elements")
        var dumped = ""
        dump(value, to: &dumped)
        #expect(!dumped.contains("hunter2"))
        #expect(!String(reflecting: value).contains("hunter2"))
    }

    @Test func `a value outlives the batch it came from`() throws {
        let batch = RecordBatch(partitions: PartitionTable())
        let slot = batch.partitions.slot(of: TopicPartition(topic: "t", partition: 0))
        let text = Array(#"{"kept":"as it \u0077as"}"#.utf8)
        func fill() throws -> Value {
            text.withUnsafeBytes {
                batch.append(
                    slot: slot, offset: 1, timestamp: Timestamp(milliseconds: 0),
                    timestampType: .createTime, key: nil, value: $0)
            }
            let range = try #require(batch.entries[0].valueBytes)
            return Value(arena: batch.arena, index: try JSONParser.parse(range, in: batch.arena))
        }
        let kept = try fill()
        batch.reset()
        #expect(batch.arena !== kept.arena)
        _ = try fill()
        #expect(kept["kept"]?.string == "as it was")
        let arena = ObjectIdentifier(batch.arena)
        batch.reset()
        #expect(ObjectIdentifier(batch.arena) == arena, "an arena that nobody holds is used again")
    }

    struct Order: Decodable, Equatable {
        var id: Int
        var total: String
        var tags: [String]?
        var note: String?
        var nested: [String: Double]
        var raw: [UInt8]
    }

    @Test func `a value is decoded by name`() throws {
        let value: Value = [
            "id": .build { $0.number("42") }, "total": .build { $0.number("9.90") },
            "tags": ["a", "b"], "note": .null, "nested": ["x": 1.5],
            "raw": .build { $0.bytes([1, 2]) },
        ]
        let order = try value.decode(Order.self)
        #expect(
            order
                == Order(
                    id: 42, total: "9.90", tags: ["a", "b"], note: nil, nested: ["x": 1.5],
                    raw: [1, 2]))
    }

    @Test(
        arguments: [
            (["id": "x"] as Value, "id is string; expected an integer of 64 bits"),
            (["id": .build { $0.number("1.5") }], "id is number; expected an integer of 64 bits"),
            (["id": 1], "total is missing; expected a value"),
            (
                ["id": 1, "total": "t", "tags": ["a", true]], "tags.1 is boolean; expected a string"
            ),
        ] as [(Value, String)])
    func `what does not fit is named by its place`(value: Value, description: String) {
        let error = #expect(throws: ValueDecodingError.self) { try value.decode(Order.self) }
        #expect(error?.description == description)
    }
}
