import Penstock
import Testing

@testable import PenstockConverters

@Suite struct `JsonConverter's cases` {
    private func converter(_ golden: GoldenCase) throws(ConfigurationError) -> any Converter {
        guard let factory = ClassTable.converters["JsonConverter"] else {
            throw ConfigurationError("value.converter", "is missing")
        }
        return try factory.converter(settings: golden.configuration, isKey: golden.isKey)
    }

    @Test func `reading`() throws {
        try GoldenRun.run("json-converter-to-connect") { golden in
            let bytes = try GoldenNotation.bytes(golden.json["in"])
            do {
                let value = try read(try converter(golden), bytes)
                guard !golden.fails else { return "no error" }
                return try GoldenComparison.difference(value, from: golden.json["out"])
            } catch let error as ConversionError {
                return golden.fails ? nil : "\(error)"
            } catch let error as ConfigurationError {
                return golden.fails ? nil : "\(error)"
            }
        }
    }

    @Test func `writing`() throws {
        try GoldenRun.run("json-converter-from-connect") { golden in
            let schema = try GoldenNotation.schema(golden.json["in"]?["schema"])
            let value = try GoldenNotation.value(golden.json["in"]?["value"], schema)
            do {
                let bytes = try converter(golden).write(value, schema: schema, topic: "orders")
                guard !golden.fails else { return "no error" }
                let expected = try GoldenNotation.bytes(golden.json["out"])
                return bytes == expected ? nil : String(decoding: bytes ?? [], as: UTF8.self)
            } catch let error as ConversionError {
                return golden.fails ? nil : "\(error)"
            } catch let error as ConfigurationError {
                return golden.fails ? nil : "\(error)"
            }
        }
    }
}
