/// What of a record becomes a key attribute of its item: `value.customer.id:customer`.
///
/// The grammar is the Confluent sink's: `partition`, `offset`, `key` or `value`, behind the last
/// two a path of fields, and behind all of them `:` and the attribute's name. Without that name the
/// attribute is called as the last part of the reference.
public struct KeyReference: Sendable, Hashable {
    /// Where the attribute's value comes from.
    public enum Source: Sendable, Hashable {
        /// The number of the record's partition.
        case partition
        /// The record's offset.
        case offset
        /// The record's key, or a field of it by its path.
        case key([String])
        /// A field of the record's value by its path, or the whole value.
        case value([String])
    }

    /// Where the attribute's value comes from.
    public var source: Source
    /// The attribute's name.
    public var attribute: String

    /// Refers to a part of the record, as an attribute of the given or of its own name.
    public init(_ source: Source, as attribute: String? = nil) {
        self.source = source
        self.attribute = attribute ?? source.defaultAttribute
    }

    /// The number of the record's partition.
    public static let partition = KeyReference(.partition)
    /// The record's offset.
    public static let offset = KeyReference(.offset)
    /// The record's key.
    public static let key = KeyReference(.key([]))

    /// A field of the record's key, its path written with dots.
    public static func key(_ path: String, as attribute: String? = nil) -> KeyReference {
        KeyReference(.key(path.pathParts), as: attribute)
    }

    /// A field of the record's value, its path written with dots.
    public static func value(_ path: String, as attribute: String? = nil) -> KeyReference {
        KeyReference(.value(path.pathParts), as: attribute)
    }
}

extension KeyReference: LosslessStringConvertible {
    /// Reads a reference as a properties file writes it; nil where it breaks the grammar.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard path.allSatisfy({ !$0.isEmpty }) else { return nil }
        let fields = Array(path.dropFirst())
        switch path[0] {
        case "partition" where fields.isEmpty: source = .partition
        case "offset" where fields.isEmpty: source = .offset
        case "key": source = .key(fields)
        case "value": source = .value(fields)
        default: return nil
        }
        attribute = parts.count == 2 ? String(parts[1]) : path[path.count - 1]
        guard !attribute.isEmpty else { return nil }
    }

    /// The reference as a properties file writes it.
    public var description: String {
        attribute == source.defaultAttribute ? source.text : "\(source.text):\(attribute)"
    }

    /// Whether the grammar can write it: every part has a name.
    var isValid: Bool { KeyReference(description) == self }
}

extension KeyReference.Source {
    var defaultAttribute: String {
        switch self {
        case .partition: "partition"
        case .offset: "offset"
        case .key(let path): path.last ?? "key"
        case .value(let path): path.last ?? "value"
        }
    }

    /// The fields below key or value.
    var path: [String] {
        switch self {
        case .partition, .offset: []
        case .key(let path), .value(let path): path
        }
    }

    /// The reference without the attribute's name.
    var text: String {
        switch self {
        case .partition: "partition"
        case .offset: "offset"
        case .key(let path): (["key"] + path).joined(separator: ".")
        case .value(let path): (["value"] + path).joined(separator: ".")
        }
    }
}

extension String {
    fileprivate var pathParts: [String] {
        split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }
}
