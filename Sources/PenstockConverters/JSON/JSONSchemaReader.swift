import Penstock

/// Makes a schema of its JSON form.
struct JSONSchemaReader {
    /// The levels of schemas in one another: as many as a payload may have.
    static let maximumDepth = JSONParser.dataDepth
    /// A struct takes two levels of JSON for one of schemas, a default value as many as its own.
    static let maximumTextDepth = maximumDepth * 3 + 4

    let replacesNullWithDefault: Bool

    func read(_ json: Value, depth: Int = 0) throws(ConversionProblem) -> Schema {
        guard depth < Self.maximumDepth else {
            throw ConversionProblem("its schema is nested too deep")
        }
        guard json.kind == .map, let name = json["type"]?.string else {
            throw ConversionProblem("its schema has no field type")
        }
        guard let type = SchemaType(jsonName: name) else {
            throw ConversionProblem("its schema has an unknown type")
        }
        let parts = try Parts(type, json, self, depth)
        let plain = try parts.schema(json, defaultValue: nil)
        guard let value = json["default"] else { return plain }
        return try parts.schema(json, defaultValue: try defaultValue(value, plain))
    }

    /// A default that is null is none, but only where null is allowed.
    private func defaultValue(
        _ json: Value, _ schema: Schema
    ) throws(ConversionProblem) -> Value? {
        let value = try JSONPayloadReader.value(
            json, JSONSchema(schema), replacesNullWithDefault: replacesNullWithDefault)
        return value.isNull ? nil : value
    }

    /// The schemas inside one.
    private struct Parts {
        let type: SchemaType
        var fields: [Schema.Field] = []
        var keys: Schema?
        var values: Schema?

        init(
            _ type: SchemaType, _ json: Value, _ reader: JSONSchemaReader, _ depth: Int
        ) throws(ConversionProblem) {
            self.type = type
            switch type {
            case .array:
                values = try Self.part("items", of: json, reader, depth)
            case .map:
                keys = try Self.part("keys", of: json, reader, depth)
                values = try Self.part("values", of: json, reader, depth)
            case .struct:
                fields = try Self.fields(of: json, reader, depth)
            default: break
            }
        }

        private static func part(
            _ name: String, of json: Value, _ reader: JSONSchemaReader, _ depth: Int
        ) throws(ConversionProblem) -> Schema {
            guard let part = json[name], !part.isNull else {
                throw ConversionProblem("its schema has no field \(name)")
            }
            return try reader.read(part, depth: depth + 1)
        }

        private static func fields(
            of json: Value, _ reader: JSONSchemaReader, _ depth: Int
        ) throws(ConversionProblem) -> [Schema.Field] {
            guard let list = json["fields"], list.kind == .array else {
                throw ConversionProblem("its schema's fields are not an array")
            }
            var names: Set<String> = []
            var fields: [Schema.Field] = []
            for field in list.elements {
                guard let name = field["field"]?.string, !name.isEmpty else {
                    throw ConversionProblem("its schema has a field without a name")
                }
                guard names.insert(name).inserted else {
                    throw ConversionProblem("its schema names a field twice")
                }
                fields.append(Schema.Field(name, try reader.read(field, depth: depth + 1)))
            }
            return fields
        }

        func schema(_ json: Value, defaultValue: Value?) throws(ConversionProblem) -> Schema {
            Schema(
                type, isOptional: json["optional"]?.boolean ?? false, name: json["name"]?.string,
                version: try Self.version(json["version"]), documentation: json["doc"]?.string,
                parameters: try Self.parameters(json["parameters"]), defaultValue: defaultValue,
                fields: fields, keys: keys, values: values)
        }

        private static func version(_ json: Value?) throws(ConversionProblem) -> Int32? {
            guard let number = json?.integer else { return nil }
            guard let version = Int32(exactly: number) else {
                throw ConversionProblem("its schema's version does not fit 32 bits")
            }
            return version
        }

        private static func parameters(
            _ json: Value?
        ) throws(ConversionProblem) -> [String: String] {
            guard let json, json.kind == .map else { return [:] }
            var parameters: [String: String] = [:]
            for (name, value) in json.fields {
                guard let text = value.string else {
                    throw ConversionProblem("its schema has a parameter that is not a string")
                }
                parameters[name] = text
            }
            return parameters
        }
    }
}

extension SchemaType {
    /// The type under the name that JSON schemas have for it.
    init?(jsonName: String) {
        switch jsonName {
        case "float": self = .float32
        case "double": self = .float64
        case "float32", "float64": return nil
        default: self.init(rawValue: jsonName)
        }
    }

    /// The name that JSON schemas have for it.
    var jsonName: String {
        switch self {
        case .float32: "float"
        case .float64: "double"
        default: rawValue
        }
    }
}
