public import Penstock

/// Makes the header converters of one class from their settings.
public struct HeaderConverterFactory: Sendable {
    private let make: @Sendable ([String: String]) throws(ConfigurationError) -> any HeaderConverter

    init(
        _ make:
            @escaping @Sendable ([String: String]) throws(ConfigurationError) -> any HeaderConverter
    ) { self.make = make }

    /// Makes the converter of records' headers.
    ///
    /// - Parameter settings: The settings, without the prefix `header.converter.`.
    /// - Returns: A new converter, to be used by one worker.
    /// - Throws: Every fault together, each under its property's whole name.
    public func headerConverter(
        settings: [String: String]
    ) throws(ConfigurationError) -> any HeaderConverter { try make(settings) }
}

extension ClassTable where Element == HeaderConverterFactory {
    /// The converters of headers, by their Java names; the first is Kafka Connect's default.
    public static let headerConverters = ClassTable(
        ending: "Converter",
        [
            (
                ["org.apache.kafka.connect.storage.SimpleHeaderConverter"],
                HeaderConverterFactory { _ in SimpleHeaderConverter() }
            )
        ]
            + ClassTable<ConverterFactory>.entries.map { entry in
                (
                    entry.names,
                    HeaderConverterFactory { settings throws(ConfigurationError) in
                        try entry.element.headerConverter(settings: settings)
                    }
                )
            })
}
