import PenstockDynamoDB
import Testing

@Suite("DynamoDB's rules for items")
struct ItemLimitsTests {
    private func fault(in item: Item) -> ItemFault? {
        do throws(ItemFault) {
            try item.validate()
            return nil
        } catch { return error }
    }

    @Test("an item takes the bytes of its names and values")
    func size() {
        let item: Item = [
            "pk": "abc", "n": .n("100.5"), "b": .b([1, 2, 3]), "t": true, "z": nil,
            "l": ["x", 1], "m": ["a": "é"], "ss": .ss(["a", "bc"]), "ns": .ns(["1", "22"]),
            "bs": .bs([[1], [2, 3]]), "el": [], "em": [:],
        ]
        let expected =
            (2 + 3) + (1 + 4) + (1 + 3) + (1 + 1) + (1 + 1) + (1 + 3 + 2 + 1 + 2)
            + (1 + 3 + 1 + 1 + 2) + (2 + 3) + (2 + 4) + (2 + 3) + (2 + 3) + (2 + 3)
        #expect(item.sizeInBytes == expected)
    }

    @Test("exactly 409600 bytes are taken, one more is not")
    func largest() {
        let item: Item = ["pk": .s(String(repeating: "x", count: 409_598))]
        #expect(fault(in: item) == nil)
        let larger: Item = ["pk": .s(String(repeating: "x", count: 409_599))]
        #expect(fault(in: larger)?.rule == .itemSize)
    }

    @Test("31 maps around a value are taken, 32 are not")
    func nesting() {
        func nested(_ wraps: Int) -> Item {
            var value: AttributeValue = "leaf"
            for _ in 0..<wraps { value = ["n": value] }
            return ["data": value]
        }
        #expect(fault(in: nested(31)) == nil)
        #expect(fault(in: nested(32))?.rule == .nesting)
        #expect(fault(in: nested(10_000))?.rule == .nesting)
    }

    @Test(
        "a broken rule is named with its place",
        arguments: [
            (["a": .ss([])], ItemFault.Rule.emptySet, "a"),
            (["a": .ns([])], .emptySet, "a"), (["a": .bs([])], .emptySet, "a"),
            (["a": .ss(["x", "x"])], .duplicateMember, "a"),
            (["a": .ns(["1", "1.0"])], .duplicateMember, "a"),
            (["a": .bs([[1], [1]])], .duplicateMember, "a"),
            (["a": ["b": ["c", .n("x")]]], .notNumeric, "a.b.1"),
            (["a": .ns(["1", "1e126"])], .numberOverflow, "a"),
            (["": "x"], .attributeName, ""),
        ] as [(Item, ItemFault.Rule, String)])
    func broken(item: Item, rule: ItemFault.Rule, place: String) throws {
        let fault = try #require(self.fault(in: item))
        #expect(fault.rule == rule)
        #expect(fault.path.joined(separator: ".") == place)
    }

    @Test(
        "what looks odd and is taken",
        arguments: [
            ["a": "", "b": .b([])], ["a": [], "b": [:]], ["a": .ss([""])], ["a": .bs([[]])],
        ] as [Item])
    func taken(item: Item) { #expect(fault(in: item) == nil) }

    @Test(
        "keys have their own rules",
        arguments: [
            (["pk": "a"], ItemFault.Rule.missingKey), (["pk": 1, "sk": 1], .keyType),
            (["pk": "", "sk": 1], .emptyKey), (["pk": "a", "sk": "1"], .keyType),
            (["pk": .s(String(repeating: "x", count: 2049)), "sk": 1], .keyLength),
            (["pk": "a", "sk": nil], .keyType), (["pk": "a", "sk": .n("1e126")], .numberOverflow),
        ] as [(Item, ItemFault.Rule)])
    func keys(item: Item, rule: ItemFault.Rule) {
        let schema = KeySchema(hash: KeyAttribute("pk"), sort: KeyAttribute("sk", .number))
        let fault = #expect(throws: ItemFault.self) { try item.validateKey(schema) }
        #expect(fault?.rule == rule)
    }

    @Test("a sort key has 1024 bytes at most, a hash key 2048")
    func keyLengths() throws {
        let schema = KeySchema(hash: KeyAttribute("pk"), sort: KeyAttribute("sk", .binary))
        let longest: Item = [
            "pk": .s(String(repeating: "x", count: 2048)),
            "sk": .b(Array(repeating: 0, count: 1024)),
        ]
        try longest.validateKey(schema)
        var longer = longest
        longer["sk"] = .b(Array(repeating: 0, count: 1025))
        #expect(throws: ItemFault.self) { try longer.validateKey(schema) }
    }

    @Test("a fault shows no value")
    func redaction() throws {
        let fault = try #require(self.fault(in: ["a": .n("hush")]))
        #expect(!"\(fault)".contains("hush"))
    }
}
