/// The type of a value, as Kafka Connect describes it.
///
/// A schema is immutable and shared: the values of a batch refer to the same object.
public final class Schema: Sendable {
    /// The type of the values that it describes.
    public let type: SchemaType
    /// Whether null is allowed.
    public let isOptional: Bool
    /// The schema's name; a logical type's is one of ``LogicalType``.
    public let name: String?
    /// The schema's version.
    public let version: Int32?
    /// What its author says about it.
    public let documentation: String?
    /// Named parameters, such as a Decimal's `scale`.
    public let parameters: [String: String]
    /// What stands for a missing value.
    public let defaultValue: Value?
    /// A struct's fields, in order.
    public let fields: [Field]
    /// The schema of a map's keys.
    public let keys: Schema?
    /// The schema of a map's values or an array's elements.
    public let values: Schema?

    /// One field of a struct.
    public struct Field: Sendable {
        /// The field's name.
        public let name: String
        /// What it holds.
        public let schema: Schema

        /// Names a field.
        public init(_ name: String, _ schema: Schema) {
            self.name = name
            self.schema = schema
        }
    }

    /// Describes a type.
    ///
    /// A struct needs `fields`, a map `keys` and `values`, an array `values`.
    public init(
        _ type: SchemaType, isOptional: Bool = false, name: String? = nil, version: Int32? = nil,
        documentation: String? = nil, parameters: [String: String] = [:],
        defaultValue: Value? = nil, fields: [Field] = [], keys: Schema? = nil,
        values: Schema? = nil
    ) {
        self.type = type
        self.isOptional = isOptional
        self.name = name
        self.version = version
        self.documentation = documentation
        self.parameters = parameters
        self.defaultValue = defaultValue
        self.fields = fields
        self.keys = keys
        self.values = values
    }
}

extension Schema: Equatable {
    /// Compares structure, parameters and documentation, as Connect does.
    public static func == (lhs: Schema, rhs: Schema) -> Bool {
        lhs === rhs
            || lhs.type == rhs.type && lhs.isOptional == rhs.isOptional && lhs.name == rhs.name
                && lhs.version == rhs.version && lhs.documentation == rhs.documentation
                && lhs.parameters == rhs.parameters && lhs.defaultValue == rhs.defaultValue
                && lhs.fields == rhs.fields && lhs.keys == rhs.keys && lhs.values == rhs.values
    }
}

extension Schema.Field: Equatable {}

/// The types of Kafka Connect's schemas.
public enum SchemaType: String, Sendable {
    /// A signed integer of 8 bits.
    case int8
    /// A signed integer of 16 bits.
    case int16
    /// A signed integer of 32 bits.
    case int32
    /// A signed integer of 64 bits.
    case int64
    /// A binary floating-point number of 32 bits.
    case float32
    /// A binary floating-point number of 64 bits.
    case float64
    /// True or false.
    case boolean
    /// Text.
    case string
    /// Bytes.
    case bytes
    /// A list of values of one schema.
    case array
    /// Keys of one schema, values of another.
    case map
    /// Named fields, each with a schema.
    case `struct`
}

/// The logical types that Kafka Connect defines, by the name of their schema.
public enum LogicalType: String, Sendable, CaseIterable {
    /// A decimal number over bytes; parameter `scale`.
    case decimal = "org.apache.kafka.connect.data.Decimal"
    /// Days since the epoch over int32.
    case date = "org.apache.kafka.connect.data.Date"
    /// Milliseconds since midnight over int32.
    case time = "org.apache.kafka.connect.data.Time"
    /// Milliseconds since the epoch over int64.
    case timestamp = "org.apache.kafka.connect.data.Timestamp"
}

extension Schema {
    /// The logical type, where the name is one of Connect's.
    public var logicalType: LogicalType? { name.flatMap(LogicalType.init(rawValue:)) }
}
