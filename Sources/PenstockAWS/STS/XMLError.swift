/// Why bytes are not the XML that is read here; never shows one of them.
struct XMLError: Error, Hashable {
    /// What is wrong.
    enum Code: String {
        case tooLarge = "it is too large"
        case tooDeep = "elements are nested too deep"
        case unexpectedEnd = "it ends too early"
        case invalidText = "a text is not UTF-8, or stands where none may"
        case invalidName = "a name is malformed"
        case invalidTag = "a tag is malformed"
        case mismatchedTag = "an end tag belongs to no element"
        case invalidReference = "a reference is malformed"
        case declaration = "it declares a document type"
        case manyRoots = "it has not exactly one root"
    }

    let code: Code
    /// The offset in bytes at which it was noticed.
    let offset: Int

    init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }
}

extension XMLError: CustomStringConvertible {
    var description: String { "not the XML that was expected: \(code.rawValue) (byte \(offset))" }
}
