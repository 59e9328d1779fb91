import Foundation
import Penstock
import Testing

/// A sink's configuration is accepted and refused as Kafka Connect does.
@Suite struct SinkConfigurationTests {
    /// Where we differ, and why.
    static let differences = [
        "sink/errors.retry.timeout-neg2": "only -1 means without end; -2 is a slip",
        "sink/errors.retry.delay-neg": "a pause cannot be negative",
        "sink/neither-topics":
            "Connect finds it only when it validates; here reading is validating",
        "sink/type-spaces": "white space around a value never counts",
    ]

    /// Cases about classes and settings of stages, which those who hold the classes check.
    static let byOthers = [
        "missing-type", "type-not-transform", "type-abstract", "type-inner-dot",
        "type-predicate-class", "missing-required", "invalid-value", "negate-without-predicate",
        "negate-false-without-predicate", "predicate-undefined", "predicate-undefined-others",
        "predicate-empty", "predicate-missing-type", "predicate-missing-pattern",
        "predicate-bad-pattern", "negate-bad-bool", "key.converter-bad",
        "key.converter-not-converter", "header.converter-bad",
    ].map { "sink/" + $0 }

    static let cases = GoldenCase.all("sink-configurations", kind: "sink-connector-config")
        .filter { !byOthers.contains($0.id) }

    @Test(arguments: cases) func `a configuration is judged as in Connect`(
        _ golden: GoldenCase
    ) throws {
        let fields = golden.fields
        let properties = try #require(fields["props"] as? [String: String])
        var reader = ConfigurationReader(properties)
        let common = reader.read(ConnectorOptions.self)
        let sink = reader.read(SinkOptions.self)
        let isRefused = fields["error"] != nil
        if let reason = Self.differences[golden.id] {
            print("\(golden.id): differs on purpose: \(reason)")
            #expect(reader.faults.isEmpty == isRefused)
            return
        }
        #expect(reader.faults.isEmpty == !isRefused, "\(reader.faults)")
        #expect(reader.unknownProperties.isEmpty)
        guard !isRefused, let values = fields["values"] as? [String: [String: Any]] else { return }
        let shown = Dictionary(
            (common.shownProperties + sink.shownProperties).map { ($0.name, $0.value) },
            uniquingKeysWith: { $1 })
        for (name, value) in values where !name.contains(".plugin.version") {
            guard let ours = shown[name] else { continue }
            #expect(ours == Self.text(of: value, given: properties[name]), "\(name)")
        }
        #expect(shown.count > 10)
    }

    @Test func `every difference is a case`() {
        #expect(Set(Self.differences.keys).isSubset(of: Self.cases.map(\.id)))
    }

    private static func text(of typed: [String: Any], given: String?) -> String {
        let value = typed["v"]
        switch typed["t"] as? String {
        case "boolean": return (value as? Bool)?.description ?? "?"
        case "list": return (value as? [String])?.joined(separator: ",") ?? "?"
        // The table that resolves short names belongs to whoever holds the classes.
        case "class": return given ?? "?"
        default: return (value as? String) ?? (value as? Int)?.description ?? "?"
        }
    }
}
