import Penstock

/// The schemas that records carried, by their texts, so that equal texts give one object.
///
/// It holds at most so many; one more empties it.
struct JSONSchemaCache {
    private let bound: Int
    private var schemas: [UInt64: [(text: [UInt8], schema: JSONSchema)]] = [:]
    private var count = 0

    init(bound: Int32) { self.bound = Int(max(bound, 0)) }

    func schema(of text: UnsafeRawBufferPointer) -> JSONSchema? {
        schemas[ByteHash.hash(text)]?.first { entry in
            entry.text.withUnsafeBytes { $0.equals(text) }
        }?.schema
    }

    mutating func add(_ schema: JSONSchema, of text: [UInt8]) {
        guard bound > 0 else { return }
        if count == bound {
            schemas.removeAll(keepingCapacity: true)
            count = 0
        }
        let hash = text.withUnsafeBytes { ByteHash.hash($0) }
        schemas[hash, default: []].append((text, schema))
        count += 1
    }
}
