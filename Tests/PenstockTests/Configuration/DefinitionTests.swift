import Foundation
import Penstock
import Testing

/// The options that Kafka Connect has too are defined as there: type, default, importance.
@Suite struct DefinitionTests {
    static let connectorDefinitions = ["ConnectorConfig", "SinkConnectorConfig"]

    @Test(arguments: GoldenCase.all("definitions", kind: "configdef"))
    func `an option is defined as in Connect`(_ golden: GoldenCase) throws {
        let fields = golden.fields
        let name = try #require(fields["name"] as? String)
        let definition = try #require(fields["def"] as? String)
        let options =
            Self.connectorDefinitions.contains(definition)
            ? Self.summaries(ConnectorOptions.self) + Self.summaries(SinkOptions.self)
            : Self.summaries(WorkerOptions.self)
        guard let ours = options.first(where: { $0.name == name }) else { return }
        #expect(ours.kind.uppercased() == fields["type"] as? String)
        #expect(ours.importance.uppercased() == fields["importance"] as? String)
        #expect(ours.isRequired == (fields["has_default"] as? Bool == false))
        if !ours.isRequired { #expect(ours.defaultText == Self.text(of: fields["default"])) }
    }

    @Test func `every option that Connect has was compared`() {
        let golden = Set(
            GoldenCase.all("definitions", kind: "configdef").compactMap {
                $0.fields["name"] as? String
            })
        let ours =
            Self.summaries(ConnectorOptions.self) + Self.summaries(SinkOptions.self)
            + Self.summaries(WorkerOptions.self)
        let missing = Set(ours.filter { $0.kind != "prefix" }.map(\.name)).subtracting(golden)
        // The first came later than the recorded version; the second is missing in the recording.
        #expect(
            missing == [
                "connector.client.config.override.allowlist", "errors.retry.delay.max.ms",
            ])
    }

    @Test func `documentation is a sentence`() {
        let ours =
            Self.summaries(ConnectorOptions.self) + Self.summaries(SinkOptions.self)
            + Self.summaries(WorkerOptions.self)
        for option in ours {
            #expect(option.documentation.hasSuffix("."), "\(option.name)")
        }
    }

    private struct Summary {
        let name, kind, importance, documentation, defaultText: String
        let isRequired: Bool
    }

    private static func summaries<C: Configurable>(_: C.Type) -> [Summary] {
        C.options.map {
            Summary(
                name: $0.name, kind: $0.kind.rawValue, importance: $0.importance.rawValue,
                documentation: $0.documentation, defaultText: $0.defaultText ?? "",
                isRequired: $0.isRequired)
        }
    }

    private static func text(of value: Any?) -> String {
        guard let typed = value as? [String: Any], let value = typed["v"] else { return "" }
        switch typed["t"] as? String {
        case "boolean": return (value as? Bool)?.description ?? "?"
        case "list": return (value as? [String])?.joined(separator: ",") ?? "?"
        default: return (value as? String) ?? (value as? Int)?.description ?? "?"
        }
    }
}
