import Penstock

/// The key attributes of a table.
struct KeySchema: Sendable {
    let hash: Attribute
    let sort: Attribute?

    /// A key attribute's name and type.
    struct Attribute: Sendable {
        let name: String
        let type: KeyType
        /// What its value may have at most.
        let longest: Int
    }

    var attributes: [Attribute] { sort.map { [hash, $0] } ?? [hash] }
}
