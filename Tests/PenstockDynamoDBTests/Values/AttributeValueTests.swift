import Penstock
import Testing

@testable import PenstockDynamoDB

@Suite("Attribute values")
struct AttributeValueTests {
    static let values: [AttributeValue] = [
        "text", "", "qu\"o\\te\n\u{1}é😀", 1, .n("12345678901234567890123456789012345678"),
        .n("1E-130"), .b([]), .b([0]), .b([0, 255]), .b([1, 2, 3]), .b(Array(0...255)), true,
        false, nil, [], [:], ["x", 1, nil, [true]], ["a": ["b": ["c": "d"]]], .ss(["a", "b"]),
        .ns(["1", "2.5"]), .bs([[1], [2, 3]]),
    ]

    @Test("a value comes back from its JSON", arguments: values)
    func json(value: AttributeValue) throws {
        var output = OutputBuffer()
        output.append(attribute: value)
        let json = try Value(json: output.bytes)
        #expect(AttributeValue(json: json) == value)
    }

    @Test(
        "what is no value is refused",
        arguments: [
            "{}", "[]", "1", "null", #"{"S":1}"#, #"{"N":1}"#, #"{"X":"a"}"#, #"{"NULL":false}"#,
            #"{"S":"a","N":"1"}"#, #"{"L":[{"S":1}]}"#, #"{"M":{"a":"b"}}"#, #"{"SS":[1]}"#,
            #"{"B":"a"}"#, #"{"B":"%%%%"}"#, #"{"B":"A==="}"#, #"{"BOOL":"x"}"#,
        ])
    func notAValue(json: String) throws {
        #expect(AttributeValue(json: try Value(json: json.utf8)) == nil)
    }

    @Test("equality is DynamoDB's, and hashes agree with it")
    func equality() {
        let equal: [(AttributeValue, AttributeValue)] = [
            (.n("1"), .n("1.0")), (.n("10E-1"), 1), (.ns(["1", "2"]), .ns(["2.0", "1.0"])),
            (.ss(["a", "b"]), .ss(["b", "a"])), (["a": 1, "b": 2], ["b": 2, "a": .n("1.0")]),
        ]
        for (left, right) in equal {
            #expect(left == right)
            #expect(left.hashValue == right.hashValue)
        }
        let different: [(AttributeValue, AttributeValue)] = [
            (.s("1"), .n("1")), (.s("e\u{301}"), .s("é")), (["a", "b"], ["b", "a"]),
            (.n("1"), .n("-1")), (.ss(["a"]), ["a"]), (nil, false),
        ]
        for (left, right) in different { #expect(left != right) }
    }
}
