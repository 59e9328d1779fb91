import Penstock

@testable import PenstockConverters

/// Says whether a value is the one that a case asks for.
enum GoldenComparison {
    /// What differs; nil where nothing does.
    ///
    /// A null has no schema here, so only a value's is compared. A number without a schema is its
    /// text here; it is right where it is the number that Connect read.
    static func difference(_ actual: Value?, from expected: Value?) throws -> String? {
        guard let expected, !expected.isNull else {
            return actual == nil ? nil : "a value instead of none"
        }
        guard let actual, !actual.isNull else {
            return expected.member("value") == nil ? nil : "null instead of a value"
        }
        let schema = try GoldenNotation.schema(expected["schema"])
        guard actual.schema == schema else { return "another schema" }
        return try isSame(actual, expected["value"] ?? .null, schema) ? nil : "another value"
    }

    static func isSame(_ actual: Value, _ expected: Value, _ schema: Schema?) throws -> Bool {
        guard !expected.isNull else { return actual.isNull }
        if actual.kind != .null, schema != nil, actual.schema != schema { return false }
        switch expected["t"]?.string {
        case "list":
            let elements = Array((expected["v"] ?? []).elements)
            guard actual.kind == .array, actual.count == elements.count else { return false }
            return try zip(actual.elements, elements).allSatisfy {
                try isSame($0, $1, schema?.values)
            }
        case "map": return try isSameMap(actual, expected, schema)
        case "struct":
            let fields = schema?.fields ?? []
            guard actual.kind == .struct else { return false }
            return try fields.allSatisfy {
                try isSame(actual[$0.name] ?? .null, expected["v"]?[$0.name] ?? .null, $0.schema)
            }
        default: return try isSameScalar(actual, expected, schema)
        }
    }

    private static func isSameMap(
        _ actual: Value, _ expected: Value, _ schema: Schema?
    ) throws -> Bool {
        let pairs = Array((expected["v"] ?? []).elements)
        guard actual.kind == .map, actual.count == pairs.count else { return false }
        return try pairs.allSatisfy { pair in
            try actual.pairs.contains {
                try isSame($0.key, pair[0], schema?.keys)
                    && isSame($0.value, pair[1], schema?.values)
            }
        }
    }

    private static func isSameScalar(
        _ actual: Value, _ expected: Value, _ schema: Schema?
    ) throws -> Bool {
        guard let value = try GoldenNotation.value(expected, schema) else { return false }
        switch (actual.kind, value.kind) {
        case (.number, .int64), (.number, .float64): return actual == value
        case (.float32, .float32), (.float64, .float64):
            return actual.token.payload == value.token.payload
        case (.decimal, .decimal):
            return parts(actual) == parts(value)
        default: return actual.kind == value.kind && actual == value
        }
    }

    private static func parts(_ decimal: Value) -> String? {
        decimal.withUnsafeBytes { DecimalParts($0) }??.javaText
    }
}
