import Foundation
import Penstock

@testable import PenstockConverters

/// One line of a file of cases: what Kafka Connect made of one input.
struct GoldenCase {
    let id: String
    let json: Value

    static func load(_ file: String) throws -> [GoldenCase] {
        let url = Bundle.module.url(
            forResource: file, withExtension: "jsonl", subdirectory: "Cases")
        guard let url else { throw Unrepresentable("no file \(file)") }
        return try Data(contentsOf: url).split(separator: UInt8(ascii: "\n")).map { line in
            let json = try Value(json: line, maximumDepth: 100)
            return GoldenCase(id: json["id"]?.string ?? "", json: json)
        }
    }

    var configuration: [String: String] {
        Dictionary(
            (json["config"] ?? [:]).fields.map { ($0.name, $0.value.string ?? "") },
            uniquingKeysWith: { $1 })
    }

    var isKey: Bool { json["is_key"]?.boolean ?? false }

    /// Whether Connect failed.
    var fails: Bool { json["error"] != nil }
}

/// Something in the notation that has no counterpart here.
struct Unrepresentable: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

extension Value {
    /// A member that is there and not null.
    func member(_ name: String) -> Value? {
        let member = self[name]
        return member?.isNull == false ? member : nil
    }
}
