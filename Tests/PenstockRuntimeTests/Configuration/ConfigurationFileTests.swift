import Foundation
import Penstock
import Testing

@testable import PenstockRuntime

/// A connector's file is read as Connect's standalone mode reads it.
@Suite struct ConfigurationFileTests {
    /// Where we differ, and why.
    static let differences = [
        "connector-file/json-trailing": "what follows the object is a broken file"
    ]

    static let cases = GoldenCase.all(
        "standalone-connector-file", kind: "standalone-connector-file")

    @Test func `all cases are there`() {
        #expect(Self.cases.count == 77)
        #expect(Set(Self.differences.keys).isSubset(of: Self.cases.map(\.id)))
    }

    @Test(arguments: cases) func `a file is read as in Connect`(_ golden: GoldenCase) throws {
        let bytes = try #require(golden.bytes)
        let file = try? ConfigurationFile(path: "case.properties", bytes: bytes)
        // Connect asks for the name at once; here the configuration does, with all other faults.
        let accepted = file?.properties["name"] == nil ? nil : file
        if let reason = Self.differences[golden.id] {
            print("\(golden.id): differs on purpose: \(reason)")
            #expect(accepted == nil)
            return
        }
        #expect(accepted?.properties == golden.pairs("config"))
        #expect(accepted?.properties["name"] == golden.fields["name"] as? String)
        let state = golden.fields["initial_state"] as? String
        #expect(accepted?.initialState?.rawValue == (state == "null" ? nil : state))
    }

    @Test func `a fault names file and line`() {
        let broken = Array("{\n\"name\": \"n\",\n oops }".utf8)
        #expect {
            try ConfigurationFile(path: "a.json", bytes: broken)
        } throws: { "\($0)" == "a.json:3 is not JSON: a byte cannot stand there" }
        #expect {
            try ConfigurationFile(path: "a.properties", bytes: Array("a=1\nb=\\uZZZZ".utf8))
        } throws: { "\($0)" == #"a.properties:2 holds a \u without four hexadecimal digits"# }
        #expect {
            try ConfigurationFile(path: "/does/not/exist")
        } throws: { "\($0)" == "/does/not/exist does not exist" }
        #expect {
            try ConfigurationFile(path: "/")
        } throws: { "\($0)" == "/ cannot be read as a file" }
    }

    @Test(arguments: ["name=a\n", #"{"name": "a"}"#])
    func `a byte order mark is no part of the first name`(_ text: String) throws {
        let file = try ConfigurationFile(path: "f", bytes: Array("\u{FEFF}\(text)".utf8))
        #expect(file.properties == ["name": "a"])
    }

    @Test func `every fault of a document is reported`() {
        let json =
            #"{"config": {"name": "a", "x": [1], "y": {}}, "name": "b", "initial_state": "up"}"#
        #expect {
            try ConfigurationFile(path: "a.json", bytes: Array(json.utf8))
        } throws: {
            "\($0)".split(separator: "\n") == [
                "a.json: x must be text, a number or a boolean",
                "a.json: y must be text, a number or a boolean",
                "a.json: name differs from the name within config",
                "a.json: initial_state must be one of RUNNING, PAUSED, STOPPED",
            ]
        }
    }
}
