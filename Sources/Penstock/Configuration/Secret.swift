/// Text that no description, dump, mirror or encoding ever shows.
///
/// Interpolated, printed, dumped or encoded it is `[hidden]`; only ``revealed`` gives the text.
public struct Secret: Sendable, Hashable {
    /// What stands in a secret's place wherever it would be shown.
    public static let placeholder = "[hidden]"

    /// The text itself, for the one call that needs it; never for a log line or an error.
    public let revealed: String

    /// Hides a text.
    public init(_ text: String) { revealed = text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible {
    /// Always the placeholder.
    public var description: String { Self.placeholder }
    /// Always the placeholder.
    public var debugDescription: String { Self.placeholder }
}

extension Secret: CustomReflectable {
    /// A mirror without children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret: Codable {
    /// Reads the text itself.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the placeholder, so that a stored configuration never carries the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Self.placeholder)
    }
}

extension Secret: ExpressibleByStringLiteral {
    /// Hides a literal; for tests and examples.
    public init(stringLiteral value: String) { self.init(value) }
}
