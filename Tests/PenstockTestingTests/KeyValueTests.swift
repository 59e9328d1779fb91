import PenstockTesting
import Testing

/// Keys as DynamoDB compares them.
@Suite struct KeyValueTests {
    @Test(arguments: [
        ("1", "1.0"), ("10E-1", "1"), ("-0", "0.00"), ("0042.1200", "42.12"), ("1E3", "1000"),
    ])
    func `spellings of one number are one key`(_ left: String, _ right: String) throws {
        let a = try #require(KeyValue(number: left))
        let b = try #require(KeyValue(number: right))
        #expect(a == b)
        #expect(a.hashValue == b.hashValue)
        #expect(a.number == b.number)
    }

    @Test func `numbers are ordered by value`() throws {
        let numbers = [
            "-9.9E125", "-100", "-12.5", "-12", "-1.23", "-1.2", "-1E-130", "0", "1E-130", "0.5",
            "1", "1.5", "2", "9", "10", "12", "12.5", "100", "9.9E125",
        ]
        let keys = try numbers.map { try #require(KeyValue(number: $0)) }
        #expect(keys.shuffled().sorted() == keys)
    }

    @Test(arguments: [
        ("0042.50", "42.5"), ("-1E-3", "-0.001"), ("1.5E2", "150"), ("0", "0"), ("-7", "-7"),
        ("98765432109876543210", "98765432109876543210"),
    ])
    func `a number comes back in plain decimals`(_ text: String, _ plain: String) throws {
        #expect(try #require(KeyValue(number: text)).number == plain)
    }

    @Test func `types and normal forms keep keys apart`() {
        #expect(KeyValue(string: "1") != KeyValue(1))
        #expect(KeyValue(string: "1") != KeyValue(bytes: [0x31]))
        // Equal to a reader, two keys to DynamoDB.
        #expect(KeyValue(string: "\u{E9}") != KeyValue(string: "e\u{301}"))
        #expect(ItemKey(hash: "a", sort: "bc") != ItemKey(hash: "ab", sort: "c"))
        #expect(KeyValue(number: "NaN") == nil)
        #expect(KeyValue(bytes: [1, 2]).bytes == [1, 2])
        #expect(KeyValue(string: "x").string == "x")
    }

    @Test func `bytes and strings are ordered by their bytes`() {
        #expect(KeyValue(bytes: [1]) < KeyValue(bytes: [1, 0]))
        #expect(KeyValue(bytes: [0x7F]) < KeyValue(bytes: [0x80]))
        #expect(KeyValue(string: "Z") < KeyValue(string: "a"))
    }
}
