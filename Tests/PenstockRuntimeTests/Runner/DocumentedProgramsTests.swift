import Foundation
import Testing

/// A program that a page shows is the example that compiles with the package.
@Suite struct DocumentedProgramsTests {
    private static func text(_ path: String) throws -> String {
        let file = URL(filePath: #filePath).appending(path: "../../../../" + path).standardized
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test(arguments: [
        ("README.md", "TopicsIntoTable"),
        ("Documentation/Penstock.docc/WriteTopicsIntoTables.md", "TopicsIntoTable"),
        ("Documentation/Penstock.docc/WriteYourOwnSink.md", "OwnSink"),
        ("Documentation/Penstock.docc/ConnectToKafka.md", "OwnTokens"),
    ])
    func `a page shows its example word for word`(page: String, example: String) throws {
        let program = try Self.text("Documentation/Examples/\(example)/main.swift")
        let start = try #require(program.range(of: "import "))
        let code = program[start.lowerBound...].trimmingCharacters(in: .newlines)
        #expect(try Self.text(page).contains("```swift\n\(code)\n```"))
    }
}
