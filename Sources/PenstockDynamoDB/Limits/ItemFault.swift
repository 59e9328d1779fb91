public import Penstock

/// Why DynamoDB would refuse an item; names attributes and rules, never values.
public struct ItemFault: Error, Hashable, Sendable {
    /// A rule of DynamoDB's.
    public struct Rule: Hashable, Sendable {
        let text: String

        /// The item takes more than 409 600 bytes.
        public static let itemSize = Rule(text: "an item may take at most 409600 bytes")
        /// Lists and maps are nested deeper than 32 levels.
        public static let nesting = Rule(text: "values may be nested 32 levels deep")
        /// A text is not a number.
        public static let notNumeric = Rule(text: "a number has to be decimal digits")
        /// A number has more than 38 digits that count.
        public static let numberDigits = Rule(text: "a number may have at most 38 digits")
        /// A number's magnitude is too large.
        public static let numberOverflow = Rule(text: "a number has to be less than 1E126")
        /// A number's magnitude is too small.
        public static let numberUnderflow = Rule(text: "a number has to be 0 or at least 1E-130")
        /// A set has no members.
        public static let emptySet = Rule(text: "a set needs a member")
        /// A set has one member twice.
        public static let duplicateMember = Rule(text: "a set holds each member once")
        /// An attribute's name is empty or longer than 65 535 bytes.
        public static let attributeName = Rule(text: "an attribute's name has 1 to 65535 bytes")
        /// The item lacks an attribute of the table's key.
        public static let missingKey = Rule(text: "an item needs every attribute of its key")
        /// An attribute of the key has another type than the table says.
        public static let keyType = Rule(text: "a key has the type that its table says")
        /// A string or bytes in the key are empty.
        public static let emptyKey = Rule(text: "a key must not be empty")
        /// A hash key is longer than 2 048 bytes or a sort key longer than 1 024.
        public static let keyLength = Rule(
            text: "a hash key has at most 2048 bytes, a sort key 1024")
    }

    /// The rule that is broken.
    public let rule: Rule
    /// Where: names of attributes and positions, from the top of the item.
    public let path: [String]
    /// Bad data: trying again cannot help.
    public var kind: ErrorKind { .data }

    package init(_ rule: Rule, at path: [String] = []) {
        self.rule = rule
        self.path = path
    }
}

extension ItemFault: CustomStringConvertible {
    /// The place and the rule.
    public var description: String {
        path.isEmpty ? rule.text : "\(path.joined(separator: ".")): \(rule.text)"
    }
}

extension ItemFault.Rule: CustomStringConvertible {
    /// What the rule asks for.
    public var description: String { text }

    /// The rule that a number breaks.
    package init(_ fault: DynamoDBNumber.Fault) {
        self =
            switch fault {
            case .notNumeric: .notNumeric
            case .tooManyDigits: .numberDigits
            case .overflow: .numberOverflow
            case .underflow: .numberUnderflow
            }
    }
}
