/// Why bytes are not JSON, and where.
public struct JSONError: Error, Hashable, Sendable {
    /// What is wrong.
    public let code: Code
    /// The offset, in bytes from the text's beginning, at which it was noticed.
    public let offset: Int

    /// What can be wrong with a JSON text.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// A plain phrase that says it.
        public let description: String

        /// The text ends before its value does.
        public static let unexpectedEnd = Code(description: "the text ends too early")
        /// A byte that cannot stand where it stands.
        public static let unexpectedByte = Code(description: "a byte cannot stand there")
        /// Something follows the value.
        public static let trailingBytes = Code(description: "something follows the value")
        /// A number that breaks the grammar.
        public static let invalidNumber = Code(description: "a number is malformed")
        /// A backslash with something after it that JSON does not know.
        public static let invalidEscape = Code(description: "an escape is malformed")
        /// Half of a surrogate pair.
        public static let loneSurrogate = Code(description: "half a surrogate pair stands alone")
        /// Bytes that are not UTF-8.
        public static let invalidUTF8 = Code(description: "a string is not UTF-8")
        /// A control character that is not escaped.
        public static let controlCharacter = Code(
            description: "a control character is not escaped")
        /// More levels of arrays and objects than allowed.
        public static let tooDeep = Code(description: "arrays and objects are nested too deep")
    }

    package init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }

    /// Bad data: trying again cannot help.
    public var kind: ErrorKind { .data }
}

extension JSONError: CustomStringConvertible {
    /// The reason and the offset; never a byte of the text.
    public var description: String { "not JSON: \(code) (byte \(offset))" }
}
