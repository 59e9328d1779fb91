public import Penstock

/// Turns numbers and booleans of a fixed width into values and back, the most significant byte
/// first, as Kafka Connect's `ShortConverter`, `IntegerConverter`, `LongConverter`,
/// `FloatConverter`, `DoubleConverter` and `BooleanConverter` do.
public final class FixedWidthConverter: Converter {
    private let format: Format
    private let schema: Schema

    /// What is converted.
    public enum Format: Sendable {
        /// A signed integer of 16 bits.
        case int16
        /// A signed integer of 32 bits.
        case int32
        /// A signed integer of 64 bits.
        case int64
        /// A floating-point number of 32 bits.
        case float32
        /// A floating-point number of 64 bits.
        case float64
        /// A byte that is 0 or 1.
        case boolean

        var type: SchemaType {
            switch self {
            case .int16: .int16
            case .int32: .int32
            case .int64: .int64
            case .float32: .float32
            case .float64: .float64
            case .boolean: .boolean
            }
        }

        var width: Int {
            switch self {
            case .boolean: 1
            case .int16: 2
            case .int32, .float32: 4
            case .int64, .float64: 8
            }
        }
    }

    /// Makes a converter.
    public init(_ format: Format) {
        self.format = format
        schema = Schema(format.type, isOptional: true)
    }

    /// Reads a value of exactly the format's width.
    public func read(
        _ bytes: RecordBytes?, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) {
        guard let bytes else { return }
        guard bytes.count == format.width else {
            throw ConversionError(
                "\(bytes.count) bytes, where an \(format.type) has \(format.width)")
        }
        let bits = bytes.withUnsafeBytes { $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        switch format {
        case .int16: builder.int16(Int16(truncatingIfNeeded: bits), schema)
        case .int32: builder.int32(Int32(truncatingIfNeeded: bits), schema)
        case .int64: builder.int64(Int64(bitPattern: bits), schema)
        case .float32:
            builder.float32(Float(bitPattern: UInt32(truncatingIfNeeded: bits)), schema)
        case .float64: builder.float64(Double(bitPattern: bits), schema)
        case .boolean:
            guard bits <= 1 else { throw ConversionError("a boolean that is neither 0 nor 1") }
            builder.boolean(bits == 1, schema)
        }
    }

    /// Writes a value of exactly the format's type.
    public func write(
        _ value: Value?, schema: Schema?, topic: String
    ) throws(ConversionError) -> [UInt8]? {
        if format == .boolean, let schema, schema.type != .boolean {
            throw ConversionError("\(schema.type) by its schema, where a boolean is asked for")
        }
        guard let value, !value.isNull else { return nil }
        guard value.kind == format.type.kind else {
            throw ConversionError("\(value.kind), where an \(format.type) is asked for")
        }
        var bits = value.token.payload
        if format == .float32 { bits = UInt64(Float(value.token.double).bitPattern) }
        return (0..<format.width).reversed().map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
    }
}

extension FixedWidthConverter: HeaderConverter {
    /// Reads a header's value.
    public func read(
        _ bytes: RecordBytes?, name: String, topic: String, into builder: inout ValueBuilder
    ) throws(ConversionError) { try read(bytes, topic: topic, into: &builder) }

    /// Writes a header's value.
    public func write(
        _ value: Value?, name: String, topic: String
    ) throws(ConversionError) -> [UInt8]? {
        try write(value, schema: value?.schema, topic: topic)
    }
}
