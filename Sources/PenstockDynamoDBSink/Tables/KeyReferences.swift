import Penstock
import PenstockDynamoDB

/// Both references of a key, without the types that only a table or a record knows.
struct KeyReferences {
    let hash: KeyReference
    let sort: KeyReference?

    /// The key that a table for a record would have.
    ///
    /// - Throws: An ``ItemError`` where the record has no such key.
    func schema(for records: RecordBatch, _ index: Int) throws(ItemError) -> KeySchema {
        KeySchema(
            hash: try attribute(hash, records, index),
            sort: try sort.map { reference throws(ItemError) in
                try attribute(reference, records, index)
            })
    }

    private func attribute(
        _ reference: KeyReference, _ records: RecordBatch, _ index: Int
    ) throws(ItemError) -> KeyAttribute {
        do {
            let path = reference.source.path.map { Array($0.utf8) }
            let value = try KeyValue.find(reference.source, path, in: records, index)
            return KeyAttribute(reference.attribute, try value.type)
        } catch {
            throw error.inside(reference.source.text)
        }
    }

    /// What writes records to a table.
    ///
    /// - Throws: A fatal ``TaskError`` where the table's key has other attributes.
    func writer(for table: String, _ key: KeySchema) throws(TaskError) -> TableWriter {
        guard key.hash.name == hash.attribute, key.sort?.name == sort?.attribute else {
            throw .fatal(
                "Table \(table) has the key \(key.text); the configuration makes "
                    + ([hash] + [sort].compactMap(\.self)).map(\.attribute).joined(separator: ", "))
        }
        return TableWriter(
            name: table,
            hash: KeyPart(hash, type: key.hash.type, limit: ItemLimits.hashKey),
            sort: sort.map {
                KeyPart($0, type: key.sort?.type ?? .string, limit: ItemLimits.sortKey)
            })
    }
}
