/// The types that an attribute of a key can have.
public enum ScalarType: String, Sendable, Hashable, CaseIterable {
    /// A string.
    case string = "S"
    /// A number.
    case number = "N"
    /// Bytes.
    case binary = "B"
}

/// An attribute of a key: its name and its type.
public struct KeyAttribute: Sendable, Hashable {
    /// The attribute's name.
    public var name: String
    /// The attribute's type.
    public var type: ScalarType

    /// Names an attribute of a key.
    public init(_ name: String, _ type: ScalarType = .string) {
        self.name = name
        self.type = type
    }
}

/// The key of a table or an index: what makes an item the same item.
public struct KeySchema: Sendable, Hashable {
    /// The attribute that decides where an item lies.
    public var hash: KeyAttribute
    /// The attribute that orders the items of one hash key, where the table has one.
    public var sort: KeyAttribute?

    /// A key of one or two attributes.
    public init(hash: KeyAttribute, sort: KeyAttribute? = nil) {
        self.hash = hash
        self.sort = sort
    }
}
