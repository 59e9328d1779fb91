import Penstock
import PenstockDynamoDB

/// The value of a key attribute: a number of the record's own, or a token of its key or value.
enum KeyValue {
    case integer(Int64)
    case token(Token)

    static func find(
        _ source: KeyReference.Source, _ path: [[UInt8]], in records: RecordBatch, _ index: Int
    ) throws(ItemError) -> KeyValue {
        let entry = records.entries[index]
        switch source {
        case .partition: return .integer(Int64(records.partitions[entry.slot].partition))
        case .offset: return .integer(entry.offset)
        case .key: return try find(path, from: entry.key, in: records.arena)
        case .value: return try find(path, from: entry.value, in: records.arena)
        }
    }

    private static func find(
        _ path: [[UInt8]], from root: Int32, in arena: ValueArena
    ) throws(ItemError) -> KeyValue {
        guard root >= 0 else { throw ItemError(path.isEmpty ? .nullKey : .missing) }
        var index = Int(root)
        for name in path {
            guard let field = name.withUnsafeBytes({ arena.field($0, of: index) }) else {
                throw ItemError(.missing)
            }
            index = field
        }
        return .token(arena[index])
    }

    /// Checks what DynamoDB asks of a key's attribute.
    func validate(as type: ScalarType, limit: Int, in arena: ValueArena) throws(ItemError) {
        let found = try self.type
        guard found == type else { throw ItemError(.keyType(expected: type, found: found)) }
        if case .token(let token) = self, token.kind == .float32 || token.kind == .float64 {
            guard token.double.isFinite else { throw ItemError(.notFinite) }
        }
        let fault: ItemFault.Rule? = withText(in: arena) { text in
            switch type {
            case .number: DynamoDBNumber.fault(in: text).map(ItemFault.Rule.init)
            case .string, .binary:
                text.isEmpty ? .emptyKey : text.count > limit ? .keyLength : nil
            }
        }
        if let fault { throw ItemError(.rule(fault)) }
    }

    /// The type that DynamoDB stores it as.
    var type: ScalarType {
        get throws(ItemError) {
            guard case .token(let token) = self else { return .number }
            switch token.kind {
            case .string: return .string
            case .bytes: return .binary
            case .null: throw ItemError(.nullKey)
            case let kind where kind.isNumeric: return .number
            case let kind: throw ItemError(.keyKind("\(kind)"))
            }
        }
    }

    /// Lends the value's bytes: a string's or bytes' own, a number's text.
    func withText<Result>(
        in arena: ValueArena, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        switch self {
        case .integer(let number): return Self.withDigits(of: number, body)
        case .token(let token):
            switch token.kind {
            case .string, .bytes, .number, .decimal: return body(arena[token.range])
            case .float32: return Self.withBytes(of: Float(token.double).description, body)
            case .float64: return Self.withBytes(of: token.double.description, body)
            default: return Self.withDigits(of: token.integer, body)
            }
        }
    }

    private static func withBytes<Result>(
        of text: String, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        var text = text
        return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }

    private static func withDigits<Result>(
        of number: Int64, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { buffer in
            var start = 20
            var rest = number.magnitude
            repeat {
                start -= 1
                buffer[start] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            if number < 0 {
                start -= 1
                buffer[start] = UInt8(ascii: "-")
            }
            return body(UnsafeRawBufferPointer(rebasing: buffer[start...]))
        }
    }
}
