public import Penstock

extension ClassTable where Element == ConverterFactory {
    /// The converters of keys and values, by their Java names.
    public static let converters = ClassTable(
        ending: "Converter",
        [
            (
                ["org.apache.kafka.connect.json.JsonConverter"],
                ConverterFactory { JSONConverter(checked: $0.read()) }
            ),
            (
                ["org.apache.kafka.connect.storage.StringConverter"],
                ConverterFactory { StringConverter($0.read()) }
            ),
        ])
}
