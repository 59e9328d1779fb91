public import Penstock

extension JSONConverter {
    /// The settings of a ``JSONConverter``; the names in a properties file are Kafka Connect's.
    public struct Configuration: Configurable {
        /// Whether records carry their schema: objects of `schema` and `payload`.
        public var hasSchemas = true
        /// How many schemas are kept parsed, and how many written.
        public var schemaCacheSize: Int32 = 1000
        /// How Decimals are written.
        public var decimalFormat = DecimalFormat.base64
        /// Whether a null is replaced by its schema's default.
        public var replacesNullWithDefault = true
        /// The schema of every record, as JSON, where records are bare payloads.
        public var schemaContent = ""

        /// Every option at its default.
        public init() {}

        /// The definitions.
        public static let options: [ConfigurationOption<Configuration>] = [
            .init(
                "schemas.enable", \.hasSchemas, .boolean, importance: .high,
                "Whether records carry their schema: objects of schema and payload."),
            .init(
                "schema.content", \.schemaContent, .string, importance: .high,
                "The schema of every record, as JSON, where records are bare payloads."),
            .init(
                "schemas.cache.size", \.schemaCacheSize, .int32, importance: .high,
                "How many schemas are kept parsed, and how many written."),
            .init(
                "decimal.format", \.decimalFormat, .choice(ignoringCase: true), importance: .low,
                "How Decimals are written: as BASE64 of their bytes or as NUMERIC, a JSON number."),
            .init(
                "replace.null.with.default", \.replacesNullWithDefault, .boolean, importance: .low,
                "Whether a null is replaced by its schema's default."),
        ]
    }

    /// How Decimals are written as JSON.
    public enum DecimalFormat: String, Sendable, CaseIterable {
        /// The unscaled number's bytes, two's complement, most significant first, as base64.
        case base64 = "BASE64"
        /// A JSON number with all its digits.
        case numeric = "NUMERIC"
    }
}

extension JSONConverter.Configuration {
    /// The schema of bare payloads; nil where records carry their own or have none.
    func content() throws(ConversionError) -> JSONSchema? {
        let text = Array(schemaContent.utf8)
        guard hasSchemas, !text.withUnsafeBytes({ JSONText.isBlank($0) }), schemaContent != "null"
        else { return nil }
        return try JSONEnvelopeReader.schema(
            text, replacesNullWithDefault: replacesNullWithDefault)
    }

    /// Says where the schema of bare payloads is none.
    public func faultsBetweenOptions() -> [ConfigurationFault] {
        do {
            _ = try content()
            return []
        } catch {
            return [
                ConfigurationFault(
                    property: "schema.content", reason: "must be a schema as JSON: \(error)")
            ]
        }
    }
}
