import Penstock

/// The schemas that a converter made itself, one object for equal ones.
///
/// It holds at most 64 of at most 64 parts each, so that no batch runs out of numbers for schemas.
struct SchemaPool {
    private static let bound = 64
    private var schemas: [Schema] = []

    /// The pool's object for a schema; nil where it has no room.
    mutating func pooled(_ schema: Schema) -> Schema? {
        if let known = schemas.first(where: { $0 == schema }) { return known }
        guard schemas.count < Self.bound, Self.size(of: schema) <= Self.bound else { return nil }
        schemas.append(schema)
        return schema
    }

    private static func size(of schema: Schema) -> Int {
        1 + (schema.keys.map(size) ?? 0) + (schema.values.map(size) ?? 0)
    }
}
