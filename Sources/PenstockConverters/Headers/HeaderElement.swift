import Penstock

/// What a header's text stands for.
struct HeaderElement {
    let kind: Kind
    /// Its schema; nil where it has none: null, and containers of mixed elements.
    let schema: Schema?

    enum Kind {
        case null
        case boolean(Bool)
        case integer(Int64)
        /// A number's text.
        case number(String)
        case string(String)
        case date(Int64)
        case array([HeaderElement])
        /// Keys and values in turn.
        case map([HeaderElement])
    }

    var isNull: Bool { if case .null = kind { true } else { false } }

    init(_ kind: Kind, _ schema: Schema?) {
        self.kind = kind
        self.schema = schema
    }

    /// Writes it, by the schema that its place gives it.
    ///
    /// The depth of elements is bounded where they are read, so this may recurse.
    func write(_ given: Schema?, into builder: inout ValueBuilder) {
        let schema =
            given ?? (schema?.type.isPrimitive == true ? HeaderSchemas.shared(schema) : nil)
        switch kind {
        case .null: builder.null()
        case .boolean(let value): builder.boolean(value, schema)
        case .integer(let value): write(String(value), schema, into: &builder)
        case .number(let text): write(text, schema, into: &builder)
        case .string(let value): builder.string(value, schema)
        case .date(let value):
            if schema?.type == .int64 {
                builder.int64(value, schema)
            } else {
                builder.int32(Int32(truncatingIfNeeded: value), schema)
            }
        case .array(let elements):
            builder.beginArray(given)
            for element in elements { element.write(given?.values, into: &builder) }
            builder.end()
        case .map(let elements):
            builder.beginMap(given)
            for (position, element) in elements.enumerated() {
                element.write(position % 2 == 0 ? given?.keys : given?.values, into: &builder)
            }
            builder.end()
        }
    }

    private func write(_ text: String, _ schema: Schema?, into builder: inout ValueBuilder) {
        switch schema?.type {
        case .int8: builder.int8(Int8(text) ?? 0, schema)
        case .int16: builder.int16(Int16(text) ?? 0, schema)
        case .int32: builder.int32(Int32(text) ?? 0, schema)
        case .int64: builder.int64(Int64(text) ?? 0, schema)
        case .float32: builder.float32(Float(text) ?? 0, schema)
        case .float64: builder.float64(Double(text) ?? 0, schema)
        default: builder.decimal(text, schema)
        }
    }
}

extension SchemaType {
    var isPrimitive: Bool { self != .array && self != .map && self != .struct }
}
