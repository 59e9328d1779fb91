import Penstock
import Testing

@testable import PenstockConverters

@Suite struct `SimpleHeaderConverter's cases` {
    private let converter = SimpleHeaderConverter()

    @Test func `reading and writing`() throws {
        try GoldenRun.run("simple-header-converter") { golden in
            switch golden.json["op"]?.string {
            case "Values.parseString": try parsing(golden)
            case "SimpleHeaderConverter.toConnectHeader":
                try reading(
                    GoldenNotation.bytes(golden.json["in"]), expecting: golden.json["out"])
            case "SimpleHeaderConverter.fromConnectHeader": try writing(golden, golden.json["out"])
            case "Values.convertToString": try toString(golden)
            default: "no counterpart"
            }
        }
    }

    /// Reads a text and, where the same came out, writes it back.
    private func parsing(_ golden: GoldenCase) throws -> String? {
        let text = try GoldenNotation.text(golden.json["in_text"])
        let expected = golden.json.member("to_connect_header") ?? golden.json["out"]
        if let found = try reading(text.map { Array($0.utf8) }, expecting: expected) {
            return found
        }
        guard let back = golden.json.member("back") else { return nil }
        let value = try readHeader(converter, text.map { Array($0.utf8) })
        let written = try converter.write(value, name: "trace", topic: "orders")
        return try written == GoldenNotation.bytes(back) ? nil : "written back otherwise"
    }

    private func reading(_ bytes: [UInt8]?, expecting expected: Value?) throws -> String? {
        try GoldenComparison.difference(try readHeader(converter, bytes), from: expected)
    }

    private func writing(_ golden: GoldenCase, _ expected: Value?) throws -> String? {
        let schema = try GoldenNotation.schema(golden.json["in"]?["schema"])
        let value = try GoldenNotation.value(golden.json["in"]?["value"], schema)
        let written = try converter.write(value, name: "trace", topic: "orders")
        guard !golden.fails else { return "no error" }
        return try written == GoldenNotation.bytes(expected)
            ? nil : String(decoding: written ?? [], as: UTF8.self)
    }

    private func toString(_ golden: GoldenCase) throws -> String? {
        let schema = try GoldenNotation.schema(golden.json["in"]?["schema"])
        let value = try GoldenNotation.value(golden.json["in"]?["value"], schema)
        let written = try converter.write(value, name: "trace", topic: "orders")
        guard !golden.fails else { return "no error" }
        let text = try GoldenNotation.text(golden.json["out_value"]?.member("v"))
        return written.map { String(decoding: $0, as: UTF8.self) } == text ? nil : "another text"
    }
}
