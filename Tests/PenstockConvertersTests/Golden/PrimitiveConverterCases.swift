import Penstock
import Testing

@testable import PenstockConverters

@Suite struct `The primitive converters' cases` {
    @Test func `reading and writing`() throws {
        try GoldenRun.run("primitive-converters") { golden in
            do {
                return try difference(golden)
            } catch let error as ConversionError {
                return golden.fails ? nil : "\(error)"
            } catch let error as ConfigurationError {
                return golden.fails ? nil : "\(error)"
            }
        }
    }

    private func difference(_ golden: GoldenCase) throws -> String? {
        let direction = golden.json["direction"]?.string ?? ""
        let isHeader = direction.hasSuffix("_header")
        let name = golden.json["converter"]?.string ?? ""
        guard let factory = ClassTable.converters[name],
            let headerFactory = ClassTable.headerConverters[name]
        else {
            return "no such converter"
        }
        let settings = golden.configuration
        let converter = try factory.converter(settings: settings, isKey: golden.isKey)
        let headers = try headerFactory.headerConverter(settings: settings)
        if direction.hasPrefix("to_") {
            let bytes = try GoldenNotation.bytes(golden.json["in"])
            let value = isHeader ? try readHeader(headers, bytes) : try read(converter, bytes)
            guard !golden.fails else { return "no error" }
            return try GoldenComparison.difference(value, from: golden.json["out"])
        }
        let schema = try GoldenNotation.schema(golden.json["in"]?["schema"])
        let value = try GoldenNotation.value(golden.json["in"]?["value"], schema)
        let bytes =
            isHeader
            ? try headers.write(value, name: "trace", topic: "orders")
            : try converter.write(value, schema: schema, topic: "orders")
        guard !golden.fails else { return "no error" }
        let expected = try GoldenNotation.bytes(golden.json["out"])
        return bytes == expected ? nil : String(decoding: bytes ?? [], as: UTF8.self)
    }
}
