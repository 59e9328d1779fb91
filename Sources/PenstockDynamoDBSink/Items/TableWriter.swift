import Penstock
import PenstockDynamoDB

/// Everything that is needed to make requests for one table out of records: its name, its key, and
/// how the key's attributes are made.
///
/// A class, since a record's way passes it several times and copying it would count each part.
final class TableWriter: Sendable {
    let name: String
    let hash: KeyPart
    let sort: KeyPart?
    /// `{"RequestItems":{"name":[`, the beginning of every request.
    let requestOpening: [UInt8]
    /// Of two tables' equal keys the hashes differ.
    private let seed: UInt64
    private let keys: KeyAttributes

    init(name: String, hash: KeyPart, sort: KeyPart?) {
        self.name = name
        self.hash = hash
        self.sort = sort
        requestOpening = Array("{\"RequestItems\":{\"\(name)\":[".utf8)
        seed = requestOpening.withUnsafeBytes { ByteHash.hash($0) }
        keys = KeyAttributes(hash: hash.reference, sort: sort?.reference)
    }

    /// The names of the key's attributes, for people.
    var attributes: String {
        [hash, sort].compactMap { $0?.reference.attribute }.joined(separator: ", ")
    }

    /// The hash of a record's key.
    ///
    /// - Throws: An ``ItemError`` where the record has no key that the table could have.
    func keyHash(of records: RecordBatch, _ index: Int) throws(ItemError) -> UInt64 {
        var state = hash.hash(try hash.value(in: records, index), in: records.arena, into: seed)
        if let sort {
            state = sort.hash(try sort.value(in: records, index), in: records.arena, into: state)
        }
        return state
    }

    /// The hash of a key as DynamoDB gives it back: an item or key in its attribute JSON.
    func keyHash(of item: Value) -> UInt64? {
        guard var state = Self.hash(hash, of: item, into: seed) else { return nil }
        if let sort {
            guard let both = Self.hash(sort, of: item, into: state) else { return nil }
            state = both
        }
        return state
    }

    private static func hash(_ part: KeyPart, of item: Value, into start: UInt64) -> UInt64? {
        guard let attribute = item[part.reference.attribute]?[part.type.rawValue] else {
            return nil
        }
        if part.type == .binary {
            guard let bytes = attribute.withUnsafeBytes({ Base64.decode($0) }) ?? nil else {
                return nil
            }
            return bytes.withUnsafeBytes { KeyHash.hash($0, .binary, into: start) }
        }
        return attribute.withUnsafeBytes { KeyHash.hash($0, part.type, into: start) }
    }

    /// Writes the request that puts a record's item: its key, then what its value has.
    ///
    /// Returns whether a field was left out because a key attribute of its name is made of
    /// something else.
    @discardableResult
    func put(
        _ records: RecordBatch, _ index: Int, to output: inout OutputBuffer
    ) throws(ItemError) -> Bool {
        var writer = ItemWriter(arena: records.arena)
        output.append("{\"PutRequest\":{\"Item\":{")
        writer.count(key: try key(of: records, index, to: &output))
        let value = Int(records.entries[index].value)
        if !records.isTombstone(index) {
            let kind = records.arena[value].kind
            if kind == .map || kind == .struct {
                try writer.attributes(of: value, isFirst: false, except: keys, to: &output)
            } else {
                try writer.attribute(of: value, isFirst: false, except: keys, to: &output)
            }
        }
        output.append("}}}")
        return writer.hidesField
    }

    /// Writes the request that deletes the item of a record's key.
    func delete(
        _ records: RecordBatch, _ index: Int, to output: inout OutputBuffer
    ) throws(ItemError) {
        output.append("{\"DeleteRequest\":{\"Key\":{")
        _ = try key(of: records, index, to: &output)
        output.append("}}}")
    }

    private func key(
        of records: RecordBatch, _ index: Int, to output: inout OutputBuffer
    ) throws(ItemError) -> Int {
        var size = hash.write(
            try hash.value(in: records, index), in: records.arena, to: &output)
        if let sort {
            output.append(UInt8(ascii: ","))
            size += sort.write(
                try sort.value(in: records, index), in: records.arena, to: &output)
        }
        return size
    }
}
