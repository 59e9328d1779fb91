/// Why bytes are not JSON, and where.
public struct JSONError: Error, Hashable, Sendable {
    /// What is wrong.
    public let code: Code
    /// The offset, in bytes from the text's beginning, at which it was noticed.
    public let offset: Int

    /// What can be wrong with a JSON text.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private let number: UInt8

        /// The text ends before its value does.
        public static let unexpectedEnd = Code(number: 0)
        /// A byte that cannot stand where it stands.
        public static let unexpectedByte = Code(number: 1)
        /// Something follows the value.
        public static let trailingBytes = Code(number: 2)
        /// A number that breaks the grammar.
        public static let invalidNumber = Code(number: 3)
        /// A backslash with something after it that JSON does not know.
        public static let invalidEscape = Code(number: 4)
        /// Half of a surrogate pair.
        public static let loneSurrogate = Code(number: 5)
        /// Bytes that are not UTF-8.
        public static let invalidUTF8 = Code(number: 6)
        /// A control character that is not escaped.
        public static let controlCharacter = Code(number: 7)
        /// More levels of arrays and objects than allowed.
        public static let tooDeep = Code(number: 8)

        /// A plain phrase that says it.
        public var description: String {
            switch self {
            case .unexpectedEnd: "the text ends too early"
            case .unexpectedByte: "a byte cannot stand there"
            case .trailingBytes: "something follows the value"
            case .invalidNumber: "a number is malformed"
            case .invalidEscape: "an escape is malformed"
            case .loneSurrogate: "half a surrogate pair stands alone"
            case .invalidUTF8: "a string is not UTF-8"
            case .controlCharacter: "a control character is not escaped"
            default: "arrays and objects are nested too deep"
            }
        }
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
