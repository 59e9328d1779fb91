import Penstock

/// The names of a table's key attributes: the fields of those names are not written a second time.
struct KeyAttributes {
    private let hash: [UInt8]
    private let sort: [UInt8]

    init(hash: String, sort: String?) {
        self.hash = Array(hash.utf8)
        self.sort = Array((sort ?? "").utf8)
    }

    /// No names: inside an item every name may be used.
    static let none = KeyAttributes(hash: "", sort: nil)

    func contains(_ name: UnsafeRawBufferPointer) -> Bool {
        matches(hash, name) || matches(sort, name)
    }

    func contains(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { contains(UnsafeRawBufferPointer($0)) }
    }

    private func matches(_ key: [UInt8], _ name: UnsafeRawBufferPointer) -> Bool {
        guard key.count == name.count, !key.isEmpty else { return false }
        return key.withUnsafeBytes { $0.equals(name) }
    }
}
