import Foundation
import Testing

/// One line of a file of recorded cases.
struct GoldenCase: Sendable, CustomTestStringConvertible {
    let id: String
    let kind: String
    private let json: String

    /// The recorded fields.
    var fields: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(json.utf8))) as? [String: Any] ?? [:]
    }

    var testDescription: String { id }

    /// The cases of one kind in `Cases/Configuration/<file>.jsonl`.
    static func all(_ file: String, kind: String) -> [GoldenCase] {
        let url = Bundle.module.url(
            forResource: file, withExtension: "jsonl", subdirectory: "Cases/Configuration")
        guard let url, let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            GoldenCase(String(line)).flatMap { $0.kind == kind ? $0 : nil }
        }
    }

    private init?(_ line: String) {
        json = line
        let decoded = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        guard let id = decoded?["id"] as? String, let kind = decoded?["kind"] as? String else {
            return nil
        }
        (self.id, self.kind) = (id, kind)
    }
}
