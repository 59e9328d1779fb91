import Foundation
import Penstock
import Testing

@testable import PenstockKafka

/// What the translation gives is taken by the librdkafka that the tests run with.
@Suite struct `The linked librdkafka` {
    /// Refused on purpose, whatever the library would take.
    private static let refused: Set = ["enable.auto.commit"]

    private func expectTaken(_ kind: ClientKind, _ name: String, _ value: String) {
        let result = SettingCase(kind, [name: value]).translated(library: .linked)
        if result.isRefused { return }
        let faults = result.faults(of: kind)
        #expect(faults == [], "\(kind) \(name)=\(value)")
    }

    @Test func `takes the defaults of Java's clients`() {
        for definition in JavaClientCases.definitions {
            guard let value = definition.default, !value.hasPrefix("class "),
                definition.name != "bootstrap.servers"
            else { continue }
            let given = SettingCase(definition.client, [definition.name: value])
            let result = given.translated(library: .linked)
            #expect(
                !result.isRefused || Self.refused.contains(definition.name),
                "\(definition.name)=\(value) \(result.findings)")
            expectTaken(definition.client, definition.name, value)
        }
    }

    @Test(arguments: JavaClientCases.values)
    func `takes every value that Java takes, or we refuse it`(_ values: JavaClientCases.Values) {
        for value in values.accepted { expectTaken(values.client, values.name, value) }
    }
}
