extension Value: Equatable {
    /// Compares as DynamoDB does: numbers by value whatever their kind, maps without order.
    ///
    /// A struct and a map with the same names and values are equal. NaN equals NaN, so that a
    /// value equals itself.
    public static func == (lhs: Value, rhs: Value) -> Bool {
        if lhs.arena === rhs.arena, lhs.index == rhs.index { return true }
        switch (lhs.kind, rhs.kind) {
        case (.null, .null): return true
        case (.boolean, .boolean): return lhs.token.boolean == rhs.token.boolean
        case (.string, .string), (.bytes, .bytes):
            return lhs.arena[lhs.token.range].equals(rhs.arena[rhs.token.range])
        case (.array, .array): return lhs.elements.elementsEqual(rhs.elements)
        case (.map, .map), (.map, .struct), (.struct, .map), (.struct, .struct):
            return lhs.hasSameMembers(as: rhs)
        case (let left, let right) where left.isNumeric && right.isNumeric:
            return lhs.hasSameNumber(as: rhs)
        default: return false
        }
    }

    private func hasSameMembers(as other: Value) -> Bool {
        guard count == other.count else { return false }
        if kind == .map, other.kind == .map { return hasSamePairs(as: other) }
        // A struct's fields all have names, a map's pairs need not.
        if kind == .map { return other.hasSameMembers(as: self) }
        return fields.allSatisfy { other[$0.name] == $0.value }
    }

    /// Large maps are compared by a table, or it would take time with the square of their size.
    private func hasSamePairs(as other: Value) -> Bool {
        guard count > 16 else {
            return pairs.allSatisfy { pair in
                other.pairs.contains { $0.key == pair.key && $0.value == pair.value }
            }
        }
        let table = Dictionary(grouping: other.pairs) { $0.key.equalityHash }
        return pairs.allSatisfy { pair in
            table[pair.key.equalityHash]?
                .contains { $0.key == pair.key && $0.value == pair.value } ?? false
        }
    }

    private func hasSameNumber(as other: Value) -> Bool {
        if kind.isInteger, other.kind.isInteger { return token.integer == other.token.integer }
        guard var left = number, var right = other.number else { return false }
        if left == right { return true }
        return left.withUTF8 { left in
            right.withUTF8 { right in
                DecimalText.areEqual(UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
            }
        }
    }
}
