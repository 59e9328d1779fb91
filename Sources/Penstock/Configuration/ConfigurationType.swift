/// How the values of an option are read from text, checked and written back.
///
/// The text that reaches `parse` has no white space around it. A type is refined step by step:
///
/// ```swift
/// .int32.atLeast(1)
/// .string.nonEmpty
/// .choice(["none": Tolerance.none, "all": .all])
/// ```
public struct ConfigurationType<Value: Sendable>: Sendable {
    /// What Kafka Connect calls the type.
    public let kind: ConfigurationKind
    /// What is allowed, as it reads after "must be": "a whole number of at least 1".
    public let allowed: String

    let parse: @Sendable (String) -> Value?
    let accepts: @Sendable (Value) -> Bool
    let text: @Sendable (Value) -> String?

    /// Values are never shown.
    var isSecret: Bool { kind == .password || kind == .prefix }

    init(
        kind: ConfigurationKind, allowed: String,
        parse: @escaping @Sendable (String) -> Value?,
        accepts: @escaping @Sendable (Value) -> Bool,
        text: @escaping @Sendable (Value) -> String?
    ) {
        self.kind = kind
        self.allowed = allowed
        self.parse = parse
        self.accepts = accepts
        self.text = text
    }

    /// A type of one's own, for an option with a grammar.
    ///
    /// A value made in code is right when its text parses.
    /// - Parameters:
    ///   - allowed: What is allowed, as it reads after "must be".
    ///   - kind: What Kafka Connect calls the type.
    ///   - parse: The value of a text without white space around it, or nil where it is wrong.
    ///   - text: The text of a value, which `parse` reads back.
    public init(
        allowed: String, kind: ConfigurationKind = .string,
        parse: @escaping @Sendable (String) -> Value?,
        text: @escaping @Sendable (Value) -> String
    ) {
        self.init(
            kind: kind, allowed: allowed, parse: parse,
            accepts: { parse(text($0)) != nil }, text: { text($0) })
    }
}
