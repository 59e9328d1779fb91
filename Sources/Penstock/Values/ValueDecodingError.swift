/// Why a value does not fit a Swift type.
public struct ValueDecodingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The way to the place, from the value that was decoded: names and positions.
    public let path: [String]
    /// What was expected there.
    public let expected: String
    /// What stands there; nil where nothing does.
    public let found: Value.Kind?

    /// Bad data: trying again cannot help.
    public var kind: ErrorKind { .data }

    /// The place, what was expected and the kind found there; never a value.
    public var description: String {
        let place = path.isEmpty ? "the value" : path.joined(separator: ".")
        guard let found else { return "\(place) is missing; expected \(expected)" }
        return "\(place) is \(found); expected \(expected)"
    }
}
