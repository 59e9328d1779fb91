package import PenstockDynamoDB

/// Why a record cannot become an item: the place in the record and the rule; never a value.
package struct ItemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    package enum Reason: Hashable, Sendable {
        /// A rule of DynamoDB's is broken.
        case rule(ItemFault.Rule)
        /// The record lacks what a key attribute is made of.
        case missing
        /// A key attribute is null.
        case nullKey
        /// A key attribute is made of something that is neither a string, a number nor bytes.
        case keyKind(String)
        /// The table's key attribute has another type.
        case keyType(expected: ScalarType, found: ScalarType)
        /// A floating-point number is NaN or infinite.
        case notFinite
        /// The request for this item alone would be larger than 16 MB.
        case requestSize
        /// A map's key is neither a string, a number nor a boolean.
        case mapKey
    }

    package var reason: Reason
    /// Where: a key reference, or names and positions from the top of the record's value.
    package var path: [String]

    package init(_ reason: Reason, at path: [String] = []) {
        self.reason = reason
        self.path = path
    }

    /// The same error, seen from one level further out.
    func inside(_ name: String) -> ItemError { ItemError(reason, at: [name] + path) }

    package var description: String {
        let sentence =
            switch reason {
            case .rule(let rule): rule.description
            case .missing: "is missing, and the table's key needs it"
            case .nullKey: "is null, and a key cannot be"
            case .keyKind(let kind): "is \(kind); a key has to be a string, a number or bytes"
            case .keyType(let expected, let found):
                "is of type \(found.rawValue); the table's key is of type \(expected.rawValue)"
            case .notFinite: "is NaN or infinite, which DynamoDB has no number for"
            case .requestSize: "a request may have at most 16 MB, and the item alone takes more"
            case .mapKey: "a map's key has to be a string, a number or a boolean"
            }
        return path.isEmpty ? sentence : "\(path.joined(separator: ".")): \(sentence)"
    }
}
