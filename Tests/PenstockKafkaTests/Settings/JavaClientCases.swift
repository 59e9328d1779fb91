import Foundation
import Testing

@testable import PenstockKafka

/// What Java's clients say of their settings, as recorded in `Cases/Settings`.
enum JavaClientCases {
    /// One setting of one client.
    struct Definition: Decodable, Sendable {
        var client: ClientKind
        var name: String
        var type: String
        var `default`: String?
        var validator: String?
    }

    /// Which values a setting takes.
    struct Values: Decodable, Sendable, CustomTestStringConvertible {
        var client: ClientKind
        var name: String
        var accepted: [String]
        var refused: [String]
        var testDescription: String { "\(client) \(name)" }
    }

    /// Settings together, and what the client throws at them.
    struct Settings: Decodable, Sendable, CustomTestStringConvertible {
        var client: ClientKind
        var settings: [String: String]
        var error: String?
        var testDescription: String { "\(client) \(settings.sorted { $0.key < $1.key })" }
    }

    static let definitions: [Definition] = all("client-definitions")
    static let values: [Values] = all("client-values")
    static let settings: [Settings] = all("client-settings")

    private static func all<Case: Decodable>(_ file: String) -> [Case] {
        let url = Bundle.module.url(
            forResource: file, withExtension: "jsonl", subdirectory: "Cases/Settings")
        guard let url, let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap {
            try? JSONDecoder().decode(Case.self, from: Data($0.utf8))
        }
    }
}

extension ClientKind: Decodable {
    /// Reads the name of a kind.
    public init(from decoder: any Decoder) throws {
        let name = try decoder.singleValueContainer().decode(String.self)
        guard let kind = Self.allCases.first(where: { "\($0)" == name }) else {
            throw CocoaError(.coderInvalidValue)
        }
        self = kind
    }
}
