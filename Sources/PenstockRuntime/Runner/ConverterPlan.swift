import Penstock
import PenstockConverters

/// Which converters a connector uses, checked; each worker makes its own of it.
struct ConverterPlan: Sendable {
    private let options: ConnectorOptions

    /// Looks the classes up and makes each once; faults go to `reader`.
    init(_ options: ConnectorOptions, _ reader: inout ConfigurationReader) {
        self.options = options
        do throws(ConfigurationError) { _ = try makeConverters() } catch {
            for fault in error.faults { reader.add(fault) }
        }
    }

    /// Makes the converters of one worker.
    func makeConverters() throws(ConfigurationError) -> RecordConverters {
        var faults: [ConfigurationFault] = []
        let key = collect(&faults) { () throws(ConfigurationError) in
            try converter(options.keyConverter, isKey: true)
        }
        let value = collect(&faults) { () throws(ConfigurationError) in
            try converter(options.valueConverter, isKey: false)
        }
        let header = collect(&faults) { () throws(ConfigurationError) in try headerConverter() }
        guard let key, let value else { throw ConfigurationError(faults) }
        if !faults.isEmpty { throw ConfigurationError(faults) }
        return RecordConverters(key: key, value: value, header: header)
    }

    private func converter(
        _ options: ConverterOptions, isKey: Bool
    ) throws(ConfigurationError) -> any Converter {
        let property = isKey ? "key.converter" : "value.converter"
        let name = options.className ?? ""
        guard let factory = ClassTable.converters[name] else {
            throw unknownClass(name, property, ClassTable.converters.names)
        }
        return try factory.converter(settings: options.settings, isKey: isKey)
    }

    private func headerConverter() throws(ConfigurationError) -> any HeaderConverter {
        let name = options.headerConverter.className ?? ""
        guard let factory = ClassTable.headerConverters[name] else {
            throw unknownClass(name, "header.converter", ClassTable.headerConverters.names)
        }
        return try factory.headerConverter(settings: options.headerConverter.settings)
    }

    private func unknownClass(
        _ name: String, _ property: String, _ known: [String]
    ) -> ConfigurationError {
        ConfigurationError(
            property, value: name, "must be one of \(known.joined(separator: ", "))")
    }

    private func collect<Made>(
        _ faults: inout [ConfigurationFault], _ make: () throws(ConfigurationError) -> Made
    ) -> Made? {
        do throws(ConfigurationError) { return try make() } catch {
            faults += error.faults
            return nil
        }
    }
}
