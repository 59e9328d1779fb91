import Penstock
import Testing

/// A batch that DynamoDB refuses whole, whatever else is in it.
struct RefusedBatch: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let requests: [Value]
    var code = "ValidationException"

    private init(_ name: String, _ requests: [Value], code: String = "ValidationException") {
        testDescription = name
        self.requests = [.put(.order("good", 1))] + requests
        self.code = code
    }

    private static func item(_ members: [String: Value]) -> Value {
        .put(.object(["pk": ["S": "bad"], "sk": ["N": "1"]].merging(members) { $1 }))
    }

    static let all: [RefusedBatch] = [
        RefusedBatch("26 requests", (0..<25).map { .put(.order("h", $0)) }),
        RefusedBatch("one key put twice", [.put(.order("a", 1)), .put(.order("a", 1))]),
        RefusedBatch("one key put and deleted", [.put(.order("a", 1)), .delete("a", 1)]),
        RefusedBatch(
            "one key spelled 1 and 1.0",
            [.put(.order("a", 1)), item(["pk": ["S": "a"], "sk": ["N": "1.0"]])]),
        RefusedBatch("an empty string in the key", [item(["pk": ["S": ""]])]),
        RefusedBatch("a key of the wrong type", [item(["sk": ["S": "1"]])]),
        RefusedBatch("no sort key", [.put(["pk": ["S": "a"]])]),
        RefusedBatch(
            "an item of more than 409 600 bytes",
            [item(["big": ["S": .text(String(repeating: "x", count: 409_600))]])]),
        RefusedBatch("39 digits", [item(["n": ["N": .text(String(repeating: "1", count: 39))]])]),
        RefusedBatch("a number too large", [item(["n": ["N": "1E126"]])]),
        RefusedBatch("a number too small", [item(["n": ["N": "1E-131"]])]),
        RefusedBatch("no number", [item(["n": ["N": "NaN"]])]),
        RefusedBatch("an empty set", [item(["s": ["SS": []]])]),
        RefusedBatch("a set with a member twice", [item(["s": ["SS": ["a", "a"]]])]),
        RefusedBatch("33 levels", [item(["deep": nested(32)])]),
        RefusedBatch("a value of two types", [item(["v": ["S": "a", "N": "1"]])]),
        RefusedBatch(
            "a deletion by more than the key",
            [
                ["DeleteRequest": ["Key": .order("a", 1)]]
            ]),
    ]

    /// A value that is wrapped in lists so many times.
    static func nested(_ levels: Int) -> Value {
        (0..<levels).reduce(["S": "x"]) { inner, _ in ["L": .list([inner])] }
    }
}
