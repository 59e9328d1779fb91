extension Value {
    /// A hash that equal values share, seeded per process: nobody outside can choose values that
    /// collide.
    ///
    /// The depth of values is bounded where they are made, so this may recurse.
    var equalityHash: UInt64 {
        switch kind {
        case .null: return 0
        case .boolean: return token.boolean ? 2 : 1
        case .string: return ByteHash.hash(arena[token.range])
        case .bytes: return ByteHash.hash(arena[token.range], into: 1)
        case .array: return elements.reduce(3) { Self.combine($0, $1.equalityHash) }
        case .map, .struct: return memberHash
        case .number, .decimal: return Self.hash(number: arena[token.range])
        default:
            var text = number ?? ""
            return text.withUTF8 { Self.hash(number: UnsafeRawBufferPointer($0)) }
        }
    }

    /// A sum, since members have no order; a struct's are those of a map under strings.
    private var memberHash: UInt64 {
        if kind == .map {
            return pairs.reduce(4) {
                $0 &+ Self.combine($1.key.equalityHash, $1.value.equalityHash)
            }
        }
        return fields.reduce(4) { sum, field in
            var name = field.name
            let hash = name.withUTF8 { ByteHash.hash(UnsafeRawBufferPointer($0)) }
            return sum &+ Self.combine(hash, field.value.equalityHash)
        }
    }

    /// Numbers that are equal have one canonical text; what is compared byte by byte is hashed so.
    private static func hash(number text: UnsafeRawBufferPointer) -> UInt64 {
        guard let number = DecimalText(text), number.isZero || !number.isExponentSaturated else {
            return ByteHash.hash(text, into: 2)
        }
        return number.withCanonical(of: text) { ByteHash.hash($0, into: 2) }
    }

    private static func combine(_ first: UInt64, _ second: UInt64) -> UInt64 {
        Swift.withUnsafeBytes(of: (first, second)) { ByteHash.hash($0) }
    }
}
