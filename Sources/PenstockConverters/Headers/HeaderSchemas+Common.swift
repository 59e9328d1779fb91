import Penstock

extension HeaderSchemas {
    /// The schema that all elements of a container have in common; nil where there is none.
    static func common(_ elements: [HeaderElement]) -> Schema? {
        guard let first = elements.first else { return nil }
        if elements.allSatisfy({ $0.isNumber }) { return number(elements) }
        var schema = first.schema
        for element in elements.dropFirst() {
            guard let left = schema, let right = element.schema else { return nil }
            schema = common(left, right)
        }
        return schema
    }

    private static func common(_ left: Schema, _ right: Schema) -> Schema? {
        if left == right { return left }
        if left.type == .array, right.type == .array {
            return both(left.values, right.values).map { Schema(.array, values: $0) }
        }
        if left.type == .map, right.type == .map,
            let keys = both(left.keys, right.keys), let values = both(left.values, right.values)
        {
            return Schema(.map, keys: keys, values: values)
        }
        if let place = integers.firstIndex(where: { $0 == left }),
            let other = integers.firstIndex(where: { $0 == right })
        {
            return integers[max(place, other)]
        }
        return nil
    }

    /// An empty container has no schema for its elements and takes the other's.
    private static func both(_ left: Schema?, _ right: Schema?) -> Schema? {
        guard let left, let right else { return left ?? right }
        return common(left, right)
    }

    private static let integers = [int8, int16, int32, int64]

    /// The narrowest schema in which every number keeps its digits.
    private static func number(_ elements: [HeaderElement]) -> Schema? {
        if elements.allSatisfy({ $0.integer != nil }) {
            return elements.compactMap(\.schema).max { $0.type.width < $1.type.width }
        }
        let texts = elements.compactMap(\.number)
        return [float32, float64].first { schema in texts.allSatisfy { holds(schema, $0) } }
    }
}

extension HeaderElement {
    var isNumber: Bool { number != nil }

    var integer: Int64? {
        if case .integer(let value) = kind { value } else { nil }
    }

    /// A number's text.
    var number: String? {
        switch kind {
        case .integer(let value): String(value)
        case .number(let text): text
        default: nil
        }
    }
}

extension SchemaType {
    fileprivate var width: Int {
        switch self {
        case .int8: 1
        case .int16: 2
        case .int32: 4
        default: 8
        }
    }
}
