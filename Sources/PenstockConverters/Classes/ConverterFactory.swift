public import Penstock

/// Makes the converters of one class from their settings.
public struct ConverterFactory: Sendable {
    private let make: @Sendable (inout ConfigurationReader) -> any Converter & HeaderConverter

    init(
        _ make: @escaping @Sendable (inout ConfigurationReader) -> any Converter & HeaderConverter
    ) { self.make = make }

    /// Makes the converter of records' keys or values.
    ///
    /// - Parameters:
    ///   - settings: The settings, without the prefix `key.converter.` or `value.converter.`.
    ///   - isKey: Whether it converts keys.
    /// - Returns: A new converter, to be used by one worker.
    /// - Throws: Every fault together, each under its property's whole name.
    public func converter(
        settings: [String: String], isKey: Bool
    ) throws(ConfigurationError) -> any Converter {
        try settings.configured(isKey ? "key.converter." : "value.converter.", make)
    }

    /// Makes the converter of records' headers.
    ///
    /// - Parameter settings: The settings, without the prefix `header.converter.`.
    /// - Returns: A new converter, to be used by one worker.
    /// - Throws: Every fault together, each under its property's whole name.
    func headerConverter(
        settings: [String: String]
    ) throws(ConfigurationError) -> any HeaderConverter {
        try settings.configured("header.converter.", make)
    }
}

extension [String: String] {
    /// Reads settings into what `make` makes of them; faults carry the prefix.
    func configured<Made>(
        _ prefix: String, _ make: (inout ConfigurationReader) -> Made
    ) throws(ConfigurationError) -> Made {
        var reader = ConfigurationReader(self)
        let made = make(&reader)
        guard reader.faults.isEmpty else {
            throw ConfigurationError(
                reader.faults.map {
                    ConfigurationFault(
                        property: prefix + $0.property, value: $0.value, reason: $0.reason)
                })
        }
        return made
    }
}
