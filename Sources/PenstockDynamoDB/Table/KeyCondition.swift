/// Which items under one hash key a query reads.
public struct KeyCondition: Sendable, Hashable {
    /// The hash key.
    public var hash: AttributeValue
    /// Which sort keys; nil for all.
    public var sort: SortCondition?

    /// The items under a hash key, all or those of some sort keys.
    public static func hash(_ hash: AttributeValue, sort: SortCondition? = nil) -> KeyCondition {
        KeyCondition(hash: hash, sort: sort)
    }
}

/// Which sort keys a query reads.
public struct SortCondition: Sendable, Hashable {
    let expression: String
    let values: [AttributeValue]

    private init(_ expression: String, _ values: AttributeValue...) {
        self.expression = expression
        self.values = values
    }

    /// This one.
    public static func equal(to value: AttributeValue) -> SortCondition {
        SortCondition("#sort = :sort0", value)
    }

    /// Those before this one.
    public static func less(than value: AttributeValue) -> SortCondition {
        SortCondition("#sort < :sort0", value)
    }

    /// This one and those before it.
    public static func atMost(_ value: AttributeValue) -> SortCondition {
        SortCondition("#sort <= :sort0", value)
    }

    /// Those after this one.
    public static func greater(than value: AttributeValue) -> SortCondition {
        SortCondition("#sort > :sort0", value)
    }

    /// This one and those after it.
    public static func atLeast(_ value: AttributeValue) -> SortCondition {
        SortCondition("#sort >= :sort0", value)
    }

    /// These two and those between them.
    public static func between(
        _ first: AttributeValue, _ last: AttributeValue
    ) -> SortCondition {
        SortCondition("#sort BETWEEN :sort0 AND :sort1", first, last)
    }

    /// Strings or bytes that begin with this one.
    public static func begins(with prefix: AttributeValue) -> SortCondition {
        SortCondition("begins_with(#sort, :sort0)", prefix)
    }
}

extension QueryInput {
    /// The items of a key condition, in a table or index of this key.
    init(table: String, _ condition: KeyCondition, key: KeySchema) {
        self.init(
            table: table, keyCondition: "#hash = :hash", names: ["#hash": key.hash.name],
            values: [":hash": condition.hash])
        guard let sort = condition.sort else { return }
        keyCondition += " AND \(sort.expression)"
        // A table without a sort key makes DynamoDB refuse the name, which is then in the error.
        names["#sort"] = key.sort?.name ?? "sort"
        for (index, value) in sort.values.enumerated() { values[":sort\(index)"] = value }
    }
}
