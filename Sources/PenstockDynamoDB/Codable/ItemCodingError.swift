public import Penstock

/// Why a Swift value and an item do not fit each other; names attributes, never values.
public struct ItemCodingError: Error, Hashable, Sendable {
    /// Where: names of attributes and positions, from the top of the item.
    public let path: [String]
    /// What was expected and what is there.
    public let reason: String
    /// Bad data: trying again cannot help.
    public var kind: ErrorKind { .data }

    init(_ reason: String, at path: [any CodingKey]) {
        self.reason = reason
        self.path = path.map(\.stringValue)
    }
}

extension ItemCodingError: CustomStringConvertible {
    /// The place and the reason.
    public var description: String {
        path.isEmpty ? reason : "\(path.joined(separator: ".")): \(reason)"
    }
}

/// A position in a list, as a coding key.
struct ListPosition: CodingKey {
    let intValue: Int?
    var stringValue: String { intValue.map(String.init) ?? "super" }

    init(_ position: Int) { intValue = position }
    init(intValue: Int) { self.intValue = intValue }
    init?(stringValue: String) { nil }
}

/// The name under which a class keeps what its superclass encodes.
struct SuperKey: CodingKey {
    let stringValue = "super"
    var intValue: Int? { nil }

    init() {}
    init?(intValue: Int) { nil }
    init?(stringValue: String) { nil }
}
