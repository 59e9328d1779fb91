/// Why bytes could not be turned into a value, or a value into bytes.
public struct ConversionError: Error, Sendable, CustomStringConvertible {
    /// A plain sentence, without any of the record's content.
    public let message: String
    /// What caused it.
    public let cause: (any Error)?

    /// Says what is wrong.
    public init(_ message: String, cause: (any Error)? = nil) {
        self.message = message
        self.cause = cause
    }

    /// Bad data: trying again cannot help.
    public var kind: ErrorKind { .data }

    /// The sentence and the cause.
    public var description: String { cause.map { "\(message): \($0)" } ?? message }
}
