/// What a record without a value does to its item: `behavior.on.null.values`.
public enum NullValueBehavior: String, Sendable, CaseIterable {
    /// The item is replaced by one that has its key and nothing else.
    case upsert = "UPSERT"
    /// The record is passed over.
    case ignore = "IGNORE"
    /// The item is deleted.
    case delete = "DELETE"
}
