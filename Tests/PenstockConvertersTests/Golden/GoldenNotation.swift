import Penstock

@testable import PenstockConverters

/// Reads the cases' notation: see the README beside them.
enum GoldenNotation {
    /// Bytes: base64 in `b64`; nil for null.
    static func bytes(_ json: Value?) throws -> [UInt8]? {
        guard let json, !json.isNull else { return nil }
        guard let text = json.member("b64")?.string else { throw Unrepresentable("no bytes") }
        return try base64(text)
    }

    static func base64(_ text: String) throws -> [UInt8] {
        guard let bytes = Array(text.utf8).withUnsafeBytes({ Base64.decode($0) }) else {
            throw Unrepresentable("not base64: \(text)")
        }
        return bytes
    }

    static func text(_ json: Value?) throws -> String? {
        guard let json, !json.isNull else { return nil }
        guard let text = json.string else { throw Unrepresentable("half a surrogate pair") }
        return text
    }

    // MARK: Schemas

    static func schema(_ json: Value?) throws -> Schema? {
        guard let json, json.kind == .map,
            let type = json["t"]?.string.flatMap({ SchemaType(rawValue: $0) })
        else { return nil }
        func make(_ defaultValue: Value?) throws -> Schema {
            Schema(
                type, isOptional: json["optional"]?.boolean ?? false, name: try text(json["name"]),
                version: json["version"]?.integer.map(Int32.init),
                documentation: try text(json["doc"]),
                parameters: Dictionary(
                    uniqueKeysWithValues: (json["params"] ?? [:]).fields.map {
                        ($0.name, $0.value.string ?? "")
                    }), defaultValue: defaultValue,
                fields: try (json["fields"] ?? []).elements.map {
                    Schema.Field(
                        try text($0["name"]) ?? "",
                        try schema($0["schema"]) ?? Schema(.string))
                }, keys: try schema(json["key"]), values: try schema(json["value"]))
        }
        let plain = try make(nil)
        guard let value = json.member("default") else { return plain }
        return try make(try self.value(value, plain))
    }

    // MARK: Values

    /// The value; nil for null.
    static func value(_ json: Value?, _ schema: Schema?) throws -> Value? {
        guard let json, !json.isNull else { return nil }
        var builder = ValueBuilder()
        try build(json, schema, into: &builder)
        return builder.finish()
    }

    private static func build(
        _ json: Value, _ schema: Schema?, into builder: inout ValueBuilder
    ) throws {
        guard !json.isNull else { return builder.null(schema) }
        let kind = json["t"]?.string ?? ""
        let text = json["v"]?.string ?? json["v"]?.number ?? ""
        switch kind {
        case "boolean": builder.boolean(json["v"]?.boolean ?? false, schema)
        case "int8": builder.int8(Int8(text) ?? 0, schema)
        case "int16": builder.int16(Int16(text) ?? 0, schema)
        case "int32": builder.int32(Int32(text) ?? 0, schema)
        case "int64": builder.int64(Int64(text) ?? 0, schema)
        case "float32": builder.float32(try float(json), schema)
        case "float64": builder.float64(try double(json), schema)
        case "string": builder.string(try self.text(json["v"]) ?? "", schema)
        case "bytes", "bytebuffer": builder.bytes(try base64(text), schema)
        case "decimal": builder.decimal(try decimal(json), schema)
        case "date": try date(Int64(text) ?? 0, schema, &builder)
        case "list":
            builder.beginArray(schema)
            for element in (json["v"] ?? []).elements {
                try build(element, schema?.values, into: &builder)
            }
            builder.end()
        case "map":
            builder.beginMap(schema)
            for pair in (json["v"] ?? []).elements {
                try build(pair[0], schema?.keys, into: &builder)
                try build(pair[1], schema?.values, into: &builder)
            }
            builder.end()
        case "struct":
            guard let schema = try self.schema(json.member("schema")) ?? schema,
                schema.type == .struct
            else { throw Unrepresentable("a struct without a schema") }
            builder.beginStruct(schema)
            for field in schema.fields {
                try build(json["v"]?[field.name] ?? .null, field.schema, into: &builder)
            }
            builder.end()
        default: throw Unrepresentable("no kind for \(kind)")
        }
    }

    static func float(_ json: Value) throws -> Float {
        Float(bitPattern: UInt32(json["bits"]?.string ?? "", radix: 16) ?? 0)
    }

    static func double(_ json: Value) throws -> Double {
        Double(bitPattern: UInt64(json["bits"]?.string ?? "", radix: 16) ?? 0)
    }

    private static func decimal(_ json: Value) throws -> String {
        let arena = ValueArena()
        let range = try base64(json["unscaled"]?.string ?? "").withUnsafeBytes { arena.append($0) }
        let scale = Int(json["scale"]?.integer ?? 0)
        let text = UnscaledDecimal.appendText(of: range, scale: scale, in: arena)
        return String(decoding: arena[text], as: UTF8.self)
    }

    private static func date(
        _ milliseconds: Int64, _ schema: Schema?, _ builder: inout ValueBuilder
    ) throws {
        let day: Int64 = 86_400_000
        switch schema?.logicalType {
        case .date:
            guard milliseconds % day == 0, let days = Int32(exactly: milliseconds / day) else {
                throw Unrepresentable("a Date with a time")
            }
            builder.int32(days, schema)
        case .time:
            guard let time = Int32(exactly: milliseconds) else {
                throw Unrepresentable("a Time with a date")
            }
            builder.int32(time, schema)
        case .timestamp: builder.int64(milliseconds, schema)
        default: throw Unrepresentable("java.util.Date without a schema")
        }
    }
}
