import Penstock

/// The names of a table's key attributes: the fields of those names are not written a second time.
struct KeyAttributes {
    /// What a field's name has to do with the key.
    enum Match {
        /// It is another name.
        case none
        /// The field is what the key attribute is made of.
        case source
        /// The key attribute is made of something else, and takes the field's place.
        case hidden
    }

    private struct Attribute {
        let name: [UInt8]
        let match: Match

        init(_ reference: KeyReference) {
            name = Array(reference.attribute.utf8)
            match = reference.source == .value([reference.attribute]) ? .source : .hidden
        }
    }

    private let hash: Attribute?
    private let sort: Attribute?

    init(hash: KeyReference, sort: KeyReference?) {
        self.hash = Attribute(hash)
        self.sort = sort.map(Attribute.init)
    }

    private init() {
        hash = nil
        sort = nil
    }

    /// No names: inside an item every name may be used.
    static let none = KeyAttributes()

    func match(_ name: UnsafeRawBufferPointer) -> Match {
        if let hash, Self.isSame(hash.name, name) { return hash.match }
        if let sort, Self.isSame(sort.name, name) { return sort.match }
        return .none
    }

    private static func isSame(_ key: [UInt8], _ name: UnsafeRawBufferPointer) -> Bool {
        guard key.count == name.count else { return false }
        return key.withUnsafeBytes { $0.equals(name) }
    }
}
