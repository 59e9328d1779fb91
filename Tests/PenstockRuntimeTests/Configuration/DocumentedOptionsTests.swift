import Foundation
import Penstock
import Testing

@testable import PenstockRuntime

/// The page that lists the properties of every connector says what their definitions say.
@Suite struct DocumentedOptionsTests {
    private static let page = URL(filePath: #filePath).appending(
        path: "../../../../Documentation/Penstock.docc/RunAConnectorFile.md"
    ).standardized

    private static func rows<Root>(_ options: [ConfigurationOption<Root>]) -> [String] {
        options.map { option in
            let standard = option.defaultText.flatMap { $0.isEmpty ? nil : "`\($0)`" } ?? "-"
            return "| `\(option.name)` | \(standard) | \(option.allowed) |"
                + " \(option.documentation) |"
        }
    }

    /// The tables in their order on the page.
    private static let tables = [
        rows(ConnectorOptions.options) + rows(SinkOptions.options),
        rows(WorkerOptions.options), rows(BudgetOptions.options),
    ]

    @Test func `every property has its row, and no row is left over`() throws {
        let lines = try String(contentsOf: Self.page, encoding: .utf8).split(separator: "\n")
        let starts = lines.indices.filter { lines[$0].hasPrefix("| property | default |") }
        let found = starts.map { start in
            lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map(String.init)
        }
        #expect(found == Self.tables)
    }
}
