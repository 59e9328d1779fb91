import Penstock
import PenstockDynamoDB

/// What a query asks of the sort key.
enum SortKeyCondition {
    case any
    case range(KeyValue, KeyValue)
    case compare(String, KeyValue)
    case begins(KeyValue)

    func includes(_ key: KeyValue) -> Bool {
        switch self {
        case .any: true
        case .range(let low, let high): !(key < low) && !(high < key)
        case .begins(let prefix): key.form.begins(with: prefix.form)
        case .compare("<", let bound): key < bound
        case .compare("<=", let bound): !(bound < key)
        case .compare(">", let bound): bound < key
        case .compare(">=", let bound): !(key < bound)
        case .compare(_, let bound): key == bound
        }
    }
}

/// A query's condition: one hash key, and a condition on the sort key.
struct QueryCondition {
    private(set) var hash: KeyValue?
    private(set) var sort = SortKeyCondition.any

    /// Reads `hash = :v`, alone or with one condition on the sort key on either side of `AND`.
    init(_ body: Value, _ schema: KeySchema) throws(ServiceFailure) {
        guard let text = body["KeyConditionExpression"]?.string else {
            throw .validation(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified")
        }
        var scanner = ExpressionScanner(text, body)
        // Parentheses say nothing where all that joins conditions is AND.
        var openCount = 0
        repeat {
            while scanner.take("(") { openCount += 1 }
            try read(&scanner, schema)
            while openCount > 0, scanner.take(")") { openCount -= 1 }
        } while scanner.take("AND")
        guard scanner.isAtEnd, openCount == 0, hash != nil else {
            throw .validation("Query condition missed key schema element: \(schema.hash.name)")
        }
    }

    private mutating func read(
        _ scanner: inout ExpressionScanner, _ schema: KeySchema
    ) throws(ServiceFailure) {
        if scanner.take("BEGINS_WITH") {
            try scanner.expect("(")
            let attribute = try Self.sort(try scanner.attributeName(), schema)
            try scanner.expect(",")
            sort = .begins(try Self.key(try scanner.value(), attribute))
            return try scanner.expect(")")
        }
        let name = try scanner.attributeName()
        let comparison = try scanner.next()
        if name == schema.hash.name {
            guard comparison == "=" else { throw .validation("Query key condition not supported") }
            hash = try Self.key(try scanner.value(), schema.hash)
            return
        }
        let attribute = try Self.sort(name, schema)
        let first = try Self.key(try scanner.value(), attribute)
        if comparison.uppercased() == "BETWEEN" {
            try scanner.expect("AND")
            sort = .range(first, try Self.key(try scanner.value(), attribute))
        } else {
            sort = .compare(comparison, first)
        }
    }

    private static func sort(
        _ name: String, _ schema: KeySchema
    ) throws(ServiceFailure) -> KeyAttribute {
        guard let sort = schema.sort, sort.name == name else {
            throw .validation("Query condition missed key schema element")
        }
        return sort
    }

    private static func key(
        _ value: Value, _ attribute: KeyAttribute
    ) throws(ServiceFailure) -> KeyValue {
        guard let key = try value.arena.keyValue(at: value.index, attribute.type) else {
            throw .invalidParameter("Condition parameter type does not match schema type")
        }
        return key
    }
}
