import Penstock
import PenstockDynamoDB

extension KeySchema {
    /// Which rule a key broke is said differently by the operations.
    enum Wording { case put, other }

    /// Reads an item of a request in full, with its key.
    func item(
        _ arena: ValueArena, at index: Int, wording: Wording
    ) throws(ServiceFailure) -> StoredItem {
        guard arena[index].kind == .map else { throw .serialization() }
        var normalizer = ItemNormalizer(arena)
        try normalizer.item(at: index)
        let key = try key(arena, at: index, wording: wording)
        guard normalizer.size <= ItemLimits.itemSize else {
            throw .validation("Item size has exceeded the maximum allowed size")
        }
        return StoredItem(key: key, json: Array(normalizer.output.bytes), size: normalizer.size)
    }

    /// Reads a key that must have the key attributes and no other.
    func exactKey(_ arena: ValueArena, at index: Int) throws(ServiceFailure) -> ItemKey {
        guard arena[index].kind == .map else { throw .serialization() }
        guard arena[index].count == attributes.count else { throw .keyMismatch }
        return try key(arena, at: index, wording: .other)
    }

    /// Reads the key attributes out of an item or key.
    func key(
        _ arena: ValueArena, at index: Int, wording: Wording
    ) throws(ServiceFailure) -> ItemKey {
        let hash = try value(of: hash, arena, at: index, wording, longest: ItemLimits.hashKey)
        guard let sort else { return ItemKey(hash: hash) }
        return ItemKey(
            hash: hash,
            sort: try value(of: sort, arena, at: index, wording, longest: ItemLimits.sortKey))
    }

    private func value(
        of attribute: KeyAttribute, _ arena: ValueArena, at item: Int, _ wording: Wording,
        longest: Int
    ) throws(ServiceFailure) -> KeyValue {
        var name = attribute.name
        let index = name.withUTF8 { arena.field(UnsafeRawBufferPointer($0), of: item) }
        guard let index else {
            throw wording == .put
                ? .invalidParameter("Missing the key \(attribute.name) in the item") : .keyMismatch
        }
        guard let key = try arena.keyValue(at: index, attribute.type) else {
            throw wording == .put
                ? .invalidParameter(
                    "Type mismatch for key \(attribute.name) expected: \(attribute.type.rawValue)")
                : .keyMismatch
        }
        try check(key, attribute, longest)
        return key
    }

    private func check(
        _ key: KeyValue, _ attribute: KeyAttribute, _ longest: Int
    ) throws(ServiceFailure) {
        let length = key.form.count - 1
        guard length > 0 else {
            let type = key.type == .string ? "string" : "binary"
            throw .validation(
                "One or more parameter values are not valid. The AttributeValue for a key attribute "
                    + "cannot contain an empty \(type) value. Key: \(attribute.name)")
        }
        guard length <= longest else {
            throw .invalidParameter(
                longest == ItemLimits.hashKey
                    ? "Size of hashkey has exceeded the maximum size limit of2048 bytes"
                    : "Aggregated size of all range keys has exceeded the size limit of 1024 bytes")
        }
    }

    /// The key as DynamoDB JSON.
    func write(_ key: ItemKey, to output: inout OutputBuffer) {
        output.append("{")
        write(hash.name, key.hash, to: &output)
        if let sort, let value = key.sort {
            output.append(",")
            write(sort.name, value, to: &output)
        }
        output.append("}")
    }

    private func write(_ name: String, _ key: KeyValue, to output: inout OutputBuffer) {
        output.appendText(name)
        output.append(":{\"")
        output.append(key.type.tag)
        output.append("\":")
        if let bytes = key.bytes {
            output.append("\"")
            bytes.withUnsafeBytes { output.appendBase64($0) }
            output.append("\"")
        } else {
            output.appendText(key.string ?? key.number ?? "")
        }
        output.append("}")
    }
}
