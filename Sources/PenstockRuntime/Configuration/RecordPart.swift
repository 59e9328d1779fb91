import Penstock

/// A part of a record that has a converter of its own.
package enum RecordPart: String, Sendable, CaseIterable {
    case key
    case value
    case header

    /// Where its converter stands among a connector's options.
    var converter: any WritableKeyPath<ConnectorOptions, ConverterOptions> & Sendable {
        switch self {
        case .key: \.keyConverter
        case .value: \.valueConverter
        case .header: \.headerConverter
        }
    }

    /// The converter where neither the connector nor its worker names one.
    var defaultConverter: ConverterOptions {
        var options = ConverterOptions()
        switch self {
        case .key: options.className = "org.apache.kafka.connect.storage.StringConverter"
        case .value:
            options.className = "org.apache.kafka.connect.json.JsonConverter"
            options.settings = ["schemas.enable": "false"]
        case .header: options.className = "org.apache.kafka.connect.storage.SimpleHeaderConverter"
        }
        return options
    }
}
