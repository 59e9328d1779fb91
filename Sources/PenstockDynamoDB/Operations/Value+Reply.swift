internal import Penstock

/// A field that may be missing, once it has been read without a fault.
struct Optionally<Content> {
    let value: Content?
}

extension Value {
    /// Reads an item that may be missing; nil where something else stands there.
    func item(_ name: String) -> Optionally<Item>? {
        guard let field = self[name], !field.isNull else { return Optionally(value: nil) }
        return Item(json: field).map { Optionally(value: $0) }
    }

    /// Reads a list of items; a missing one is empty; nil where something else stands there.
    func items(_ name: String) -> [Item]? {
        guard let field = self[name], !field.isNull else { return [] }
        return field.list { Item(json: $0) }
    }
}
