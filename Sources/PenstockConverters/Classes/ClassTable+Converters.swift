public import Penstock

extension ClassTable where Element == ConverterFactory {
    /// The converters of keys and values, by their Java names.
    public static let converters = ClassTable(ending: "Converter", entries)

    static var entries: [(names: [String], element: ConverterFactory)] {
        [
            java("json.JsonConverter") { JSONConverter(checked: $0.read()) },
            java("storage.StringConverter") { StringConverter($0.read()) },
            java("converters.ByteArrayConverter") { _ in ByteArrayConverter() },
            java("converters.ShortConverter") { _ in FixedWidthConverter(.int16) },
            java("converters.IntegerConverter") { _ in FixedWidthConverter(.int32) },
            java("converters.LongConverter") { _ in FixedWidthConverter(.int64) },
            java("converters.FloatConverter") { _ in FixedWidthConverter(.float32) },
            java("converters.DoubleConverter") { _ in FixedWidthConverter(.float64) },
            java("converters.BooleanConverter") { _ in FixedWidthConverter(.boolean) },
        ]
    }

    private static func java(
        _ name: String,
        _ make: @escaping @Sendable (inout ConfigurationReader) -> any Converter & HeaderConverter
    ) -> (names: [String], element: ConverterFactory) {
        (["org.apache.kafka.connect.\(name)"], ConverterFactory(make))
    }
}
