/// The primary key of an item, canonical: equal keys are equal values, however they were spelled.
public struct ItemKey: Hashable, Sendable {
    /// The hash key's value.
    public let hash: KeyValue
    /// The sort key's value, where the table has one.
    public let sort: KeyValue?

    /// Makes a key.
    public init(hash: KeyValue, sort: KeyValue? = nil) {
        self.hash = hash
        self.sort = sort
    }
}

extension ItemKey: CustomStringConvertible {
    /// The hash key, and the sort key behind a comma.
    public var description: String { sort.map { "\(hash), \($0)" } ?? "\(hash)" }
}
