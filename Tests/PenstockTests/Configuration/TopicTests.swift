import Foundation
import Penstock
import Testing

/// Topics are chosen as Kafka Connect chooses them.
@Suite struct TopicTests {
    /// Where we differ, and why.
    static let differences = [
        "regex/bad-brace": "a brace that opens no repetition stands for itself; Java refuses it"
    ]

    @Test(arguments: GoldenCase.all("topics", kind: "topics.regex"))
    func `a pattern matches the names that Java's matches`(_ golden: GoldenCase) throws {
        let fields = golden.fields
        let pattern = TopicPattern(try #require(fields["regex"] as? String))
        if let reason = Self.differences[golden.id] {
            print("\(golden.id): differs on purpose: \(reason)")
            #expect(pattern.isValid == (fields["error"] != nil))
            return
        }
        #expect(pattern.isValid == (fields["error"] == nil))
        for pair in fields["matches"] as? [[Any]] ?? [] {
            let name = try #require(pair.first as? String)
            #expect(pattern.matches(name) == pair.last as? Bool, "\(name.debugDescription)")
        }
    }

    @Test(arguments: GoldenCase.all("topics", kind: "sink-validate"))
    func `topics are validated as in Connect`(_ golden: GoldenCase) throws {
        let fields = golden.fields
        var reader = ConfigurationReader(try #require(fields["props"] as? [String: String]))
        let sink = reader.read(SinkOptions.self)
        let errors = fields["errors"] as? [String: Any] ?? ["topics.regex": "not an expression"]
        // One fault says what Connect says at both properties.
        let named = errors.count == 2 ? ["topics"] : errors.keys.sorted()
        #expect(reader.faults.map(\.property) == named)
        #expect(sink.topics == fields["parsed_topics"] as? [String])
    }

    @Test func `a list of names and a pattern select`() {
        let names: TopicSelection = ["a", "b"]
        #expect(names.contains("b") && !names.contains("ab"))
        let pattern = TopicSelection.matching("orders-.*")
        #expect(pattern.contains("orders-1") && !pattern.contains("my-orders-1"))
        #expect(SinkOptions(topics: names).selection == names)
        #expect(SinkOptions(topics: pattern).selection == pattern)
    }
}
