import PenstockDynamoDB
import Testing

@Suite("Codable items")
struct ItemCodingTests {
    struct Order: Codable, Equatable {
        enum State: String, Codable { case open, closed }
        struct Line: Codable, Equatable {
            var name: String
            var price: Double
        }
        var customer: String
        var placedAt: Int
        var total: String
        var note: String?
        var paid: Bool
        var lines: [Line]
        var labels: [String: String]
        var digest: [UInt8]
        var state: State
        var large: UInt64
        var huge: Int128
        var exact: AttributeValue
    }

    let order = Order(
        customer: "c1", placedAt: -7, total: "9.90", note: nil, paid: true,
        lines: [.init(name: "a", price: 0.1)], labels: ["k": "v"], digest: [0, 255],
        state: .open, large: .max, huge: .max,
        exact: .n("12345678901234567890123456789012345678"))

    @Test("a value comes back from its item")
    func roundTrip() throws {
        let item = try ItemEncoder().encode(order)
        #expect(
            item == [
                "customer": "c1", "placedAt": -7, "total": "9.90", "paid": true,
                "lines": [["name": "a", "price": 0.1]], "labels": ["k": "v"],
                "digest": .b([0, 255]), "state": "open", "large": .n("18446744073709551615"),
                "huge": .n("170141183460469231731687303715884105727"),
                "exact": .n("12345678901234567890123456789012345678"),
            ])
        #expect(try ItemDecoder().decode(Order.self, from: item) == order)
    }

    @Test("null is nil, sets are arrays, numbers are integers however they are written")
    func leniency() throws {
        struct Loose: Codable, Equatable {
            var a: Int?
            var b: [String]
            var c: Set<Int>
            var d: Int
            var e: String
            var f: [UInt8]
        }
        let item: Item = [
            "a": nil, "b": .ss(["x"]), "c": .ns(["1", "2"]), "d": .n("1.20E2"), "e": .n("1.50"),
            "f": [1, 2],
        ]
        let loose = try ItemDecoder().decode(Loose.self, from: item)
        #expect(loose == Loose(a: nil, b: ["x"], c: [1, 2], d: 120, e: "1.50", f: [1, 2]))
    }

    @Test("empty arrays stay lists")
    func emptyArrays() throws {
        struct Empty: Codable {
            var strings: [String]
            var bytes: [UInt8]
        }
        #expect(
            try ItemEncoder().encode(Empty(strings: [], bytes: []))
                == ["strings": [], "bytes": .b([])])
    }

    @Test(
        "what does not fit names its place and no value",
        arguments: [
            (["customer": true], "customer"), (["placedAt": .n("1.5")], "placedAt"),
            (["placedAt": "hush"], "placedAt"),
            (["placedAt": .n("9223372036854775808")], "placedAt"),
            (["paid": nil], "paid"),
            (["lines": [["name": "hush", "price": true]]], "lines.0.price"),
            (["state": "hush"], ""),
        ] as [(Item, String)])
    func mismatch(change: Item, place: String) throws {
        var item = try ItemEncoder().encode(order)
        item.merge(change) { _, new in new }
        let error = #expect(throws: (any Error).self) {
            try ItemDecoder().decode(Order.self, from: item)
        }
        guard !place.isEmpty else { return }
        let coding = try #require(error as? ItemCodingError)
        #expect(coding.path.joined(separator: ".") == place)
        #expect(!"\(coding)".contains("hush"))
    }

    @Test("a missing attribute is named")
    func missing() throws {
        var item = try ItemEncoder().encode(order)
        item["total"] = nil
        let error = #expect(throws: ItemCodingError.self) {
            try ItemDecoder().decode(Order.self, from: item)
        }
        #expect(error?.path == ["total"])
    }

    @Test("what has no form in DynamoDB is refused", arguments: [Double.nan, .infinity])
    func unrepresentable(number: Double) {
        #expect(throws: ItemCodingError.self) { try ItemEncoder().encode(["a": number]) }
        #expect(throws: ItemCodingError.self) { try ItemEncoder().encode([1]) }
    }

    @Test("subclasses keep their parts apart and together")
    func classes() throws {
        class Base: Codable { var base = 1 }
        let item = try ItemEncoder().encode(Base())
        #expect(item == ["base": 1])
        #expect(try ItemDecoder().decode(Base.self, from: item).base == 1)
    }
}
