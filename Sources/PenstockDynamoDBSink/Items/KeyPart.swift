import Penstock
import PenstockDynamoDB

/// One attribute of a table's key: where its value lies in a record, and how it is written.
struct KeyPart {
    let reference: KeyReference
    let type: ScalarType
    /// The most bytes that DynamoDB allows.
    let limit: Int
    private let path: [[UInt8]]
    /// `"name":{"N":"`, ready to be copied.
    private let opening: [UInt8]

    init(_ reference: KeyReference, type: ScalarType, limit: Int) {
        self.reference = reference
        self.type = type
        self.limit = limit
        path = reference.source.path.map { Array($0.utf8) }
        var opening = OutputBuffer(capacity: 64)
        var name = reference.attribute
        name.withUTF8 { opening.appendJSON(string: UnsafeRawBufferPointer($0)) }
        opening.append(text: ":{\"\(type.rawValue)\":\"")
        self.opening = Array(opening.bytes)
    }

    /// The value of this attribute in a record.
    ///
    /// - Throws: An ``ItemError`` that names the reference, where it is missing, null, or of a kind
    ///   or size that no key can have.
    func value(in records: RecordBatch, _ index: Int) throws(ItemError) -> KeyValue {
        do {
            let value = try KeyValue.find(reference.source, path, in: records, index)
            try value.validate(as: type, limit: limit, in: records.arena)
            return value
        } catch {
            throw error.inside(reference.source.text)
        }
    }

    /// Writes `"name":{"N":"value"}`; returns how many bytes DynamoDB counts for it.
    func write(_ value: KeyValue, in arena: ValueArena, to output: inout OutputBuffer) -> Int {
        opening.withUnsafeBytes { output.append($0) }
        let size = value.withText(in: arena) { text in
            switch type {
            case .string: output.appendEscaped(text)
            case .number: output.append(text)
            case .binary: output.appendBase64(text)
            }
            return type == .number ? DynamoDBNumber.size(of: text) : text.count
        }
        output.append("\"}")
        return size + reference.attribute.utf8.count
    }

    /// Continues the hash of a key: equal keys have equal hashes, whatever their spelling.
    func hash(_ value: KeyValue, in arena: ValueArena, into start: UInt64) -> UInt64 {
        value.withText(in: arena) { KeyHash.hash($0, type, into: start) }
    }
}

/// The hash of a key: over the type and the canonical value of each attribute in turn.
enum KeyHash {
    static func hash(_ text: UnsafeRawBufferPointer, _ type: ScalarType, into start: UInt64)
        -> UInt64
    {
        switch type {
        case .string: return ByteHash.hash(text, into: start &+ 1)
        case .binary: return ByteHash.hash(text, into: start &+ 2)
        case .number:
            guard let number = DecimalText(text) else { return start }
            return number.withCanonical(of: text) { ByteHash.hash($0, into: start &+ 3) }
        }
    }
}
