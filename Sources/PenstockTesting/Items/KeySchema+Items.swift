import Penstock

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
        guard normalizer.size <= ItemNormalizer.largestItem else {
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
        let hash = try attribute(hash, arena, at: index, wording)
        guard let sort else { return ItemKey(hash: hash) }
        return ItemKey(hash: hash, sort: try attribute(sort, arena, at: index, wording))
    }

    private func attribute(
        _ attribute: Attribute, _ arena: ValueArena, at item: Int, _ wording: Wording
    ) throws(ServiceFailure) -> KeyAttribute {
        var name = attribute.name
        let index = name.withUTF8 { arena.field(UnsafeRawBufferPointer($0), of: item) }
        guard let index else {
            throw wording == .put
                ? .invalidParameter("Missing the key \(attribute.name) in the item") : .keyMismatch
        }
        guard let key = try arena.keyAttribute(at: index, attribute.type) else {
            throw wording == .put
                ? .invalidParameter(
                    "Type mismatch for key \(attribute.name) expected: \(attribute.type.letter)")
                : .keyMismatch
        }
        try check(key, attribute)
        return key
    }

    private func check(_ key: KeyAttribute, _ attribute: Attribute) throws(ServiceFailure) {
        let length = key.form.count - 1
        guard length > 0 else {
            let type = key.type == .string ? "string" : "binary"
            throw .validation(
                "One or more parameter values are not valid. The AttributeValue for a key attribute "
                    + "cannot contain an empty \(type) value. Key: \(attribute.name)")
        }
        guard length <= attribute.longest else {
            throw .invalidParameter(
                attribute.longest == Self.longestHash
                    ? "Size of hashkey has exceeded the maximum size limit of2048 bytes"
                    : "Aggregated size of all range keys has exceeded the size limit of 1024 bytes")
        }
    }

    static let longestHash = 2048
    static let longestSort = 1024

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

    private func write(_ name: String, _ key: KeyAttribute, to output: inout OutputBuffer) {
        output.appendText(name)
        output.append(":{\"")
        output.append(key.type.rawValue)
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
