import Foundation
import Penstock
import Testing

@testable import PenstockDynamoDBSink

/// The page that lists the sink's properties says what their definitions say.
@Suite struct DocumentedOptionsTests {
    private static let page = URL(filePath: #filePath).appending(
        path: "../../../../Documentation/Penstock.docc/WriteTopicsIntoTables.md"
    ).standardized

    private static func row(_ option: ConfigurationOption<DynamoDBSink>) -> String {
        let standard = option.defaultText.flatMap { $0.isEmpty ? nil : "`\($0)`" } ?? "-"
        return "| `\(option.name)` | \(standard) | \(option.allowed) | \(option.documentation) |"
    }

    @Test func `every property has its row, and no row is left over`() throws {
        let lines = try String(contentsOf: Self.page, encoding: .utf8).split(separator: "\n")
        let start = try #require(lines.firstIndex { $0.hasPrefix("| property | default |") })
        let rows = lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map(String.init)
        #expect(rows == DynamoDBSink.options.map(Self.row))
    }
}
