import Penstock
import PenstockConverters
import Testing

@Suite struct `Converter classes` {
    @Test(arguments: [
        "org.apache.kafka.connect.json.JsonConverter", "JsonConverter", "Json",
        "org.apache.kafka.connect.storage.StringConverter", "String",
        "org.apache.kafka.connect.converters.ByteArrayConverter", "Long", "BooleanConverter",
    ])
    func `are known by their long and short names`(name: String) throws {
        let factory = try #require(ClassTable.converters[name])
        _ = try factory.converter(settings: [:], isKey: true)
        #expect(ClassTable.headerConverters[name] != nil)
    }

    @Test func `of headers have one more, the default`() throws {
        #expect(ClassTable.converters["SimpleHeaderConverter"] == nil)
        let factory = try #require(ClassTable.headerConverters["SimpleHeaderConverter"])
        #expect(try factory.headerConverter(settings: [:]) is SimpleHeaderConverter)
        #expect(
            ClassTable<HeaderConverterFactory>.headerConverters.names.first
                == "org.apache.kafka.connect.storage.SimpleHeaderConverter")
    }

    @Test func `name every fault by its property`() throws {
        let factory = try #require(ClassTable.converters["JsonConverter"])
        let settings = ["schemas.enable": "yes", "decimal.format": "HEX", "schema.content": "{}"]
        let error = #expect(throws: ConfigurationError.self) {
            try factory.converter(settings: settings, isKey: true)
        }
        #expect(
            error?.faults.map(\.property).sorted() == [
                "key.converter.decimal.format", "key.converter.schema.content",
                "key.converter.schemas.enable",
            ])
        let header = #expect(throws: ConfigurationError.self) {
            try ClassTable.headerConverters["JsonConverter"]?.headerConverter(settings: settings)
        }
        #expect(header?.faults.allSatisfy { $0.property.hasPrefix("header.converter.") } == true)
    }
}
