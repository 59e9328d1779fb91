/// DynamoDB's limits, as numbers.
public enum ItemLimits {
    /// The most bytes of an item, names included.
    public static let itemSize = 409_600
    /// The most levels of an item's values; an attribute's own value is the first.
    public static let nesting = 32
    /// The most bytes of an attribute's name.
    public static let attributeName = 65_535
    /// The most bytes of a hash key.
    public static let hashKey = 2048
    /// The most bytes of a sort key.
    public static let sortKey = 1024
}

extension Item {
    /// How many bytes DynamoDB counts for the item: names and values.
    public var sizeInBytes: Int { reduce(0) { $0 + $1.key.utf8.count + $1.value.sizeInBytes } }

    /// Checks every rule that DynamoDB has for items whatever their table.
    ///
    /// - Throws: The first fault in the order of the attributes' names.
    public func validate() throws(ItemFault) {
        for (name, value) in sorted(by: { $0.key < $1.key }) {
            guard 1...ItemLimits.attributeName ~= name.utf8.count else {
                throw ItemFault(.attributeName, at: [name])
            }
            try value.validate(at: [name])
        }
        guard sizeInBytes <= ItemLimits.itemSize else { throw ItemFault(.itemSize) }
    }

    /// Checks the attributes of the table's key: that they are there, of the right type, not empty
    /// and not too long.
    public func validateKey(_ schema: KeySchema) throws(ItemFault) {
        try validateKey(schema.hash, limit: ItemLimits.hashKey)
        if let sort = schema.sort { try validateKey(sort, limit: ItemLimits.sortKey) }
    }

    private func validateKey(_ key: KeyAttribute, limit: Int) throws(ItemFault) {
        guard let value = self[key.name] else { throw ItemFault(.missingKey, at: [key.name]) }
        guard value.scalarType == key.type else { throw ItemFault(.keyType, at: [key.name]) }
        try value.validate(at: [key.name])
        guard value.sizeInBytes > 0 else { throw ItemFault(.emptyKey, at: [key.name]) }
        guard value.sizeInBytes <= limit else { throw ItemFault(.keyLength, at: [key.name]) }
    }
}

extension AttributeValue {
    /// How many bytes DynamoDB counts for the value, without its name.
    public var sizeInBytes: Int {
        switch self {
        case .s(let text): text.utf8.count
        case .n(let text): text.withBytes(DynamoDBNumber.size)
        case .b(let bytes): bytes.count
        case .bool, .null: 1
        case .l(let values): values.reduce(3) { $0 + 1 + $1.sizeInBytes }
        case .m(let item): item.sizeInBytes + 3 + item.count
        case .ss(let texts): texts.reduce(0) { $0 + $1.utf8.count }
        case .ns(let texts): texts.reduce(0) { $0 + $1.withBytes(DynamoDBNumber.size) }
        case .bs(let members): members.reduce(0) { $0 + $1.count }
        }
    }

    /// The type that it would have as a part of a key; nil where it cannot be one.
    var scalarType: ScalarType? {
        switch self {
        case .s: .string
        case .n: .number
        case .b: .binary
        default: nil
        }
    }

    func validate(at path: [String]) throws(ItemFault) {
        // A path holds the attribute's name and one step a level.
        guard path.count <= ItemLimits.nesting else { throw ItemFault(.nesting, at: path) }
        switch self {
        case .s, .b, .bool, .null: return
        case .n(let text): try Self.validate(number: text, at: path)
        case .l(let values):
            for (index, value) in values.enumerated() {
                try value.validate(at: path + [String(index)])
            }
        case .m(let item):
            for (name, value) in item.sorted(by: { $0.key < $1.key }) {
                try value.validate(at: path + [name])
            }
        case .ss(let members): try Self.validate(Set(members).count, of: members.count, at: path)
        case .bs(let members): try Self.validate(Set(members).count, of: members.count, at: path)
        case .ns(let members):
            for member in members { try Self.validate(number: member, at: path) }
            let distinct = Set(members.map { AttributeValue.n($0) })
            try Self.validate(distinct.count, of: members.count, at: path)
        }
    }

    private static func validate(number: String, at path: [String]) throws(ItemFault) {
        guard let fault = number.withBytes(DynamoDBNumber.fault) else { return }
        throw ItemFault(ItemFault.Rule(fault), at: path)
    }

    private static func validate(
        _ distinct: Int, of count: Int, at path: [String]
    ) throws(ItemFault) {
        guard count > 0 else { throw ItemFault(.emptySet, at: path) }
        guard distinct == count else { throw ItemFault(.duplicateMember, at: path) }
    }
}
