/// One option: its property's name, where its value lies in the typed configuration, its type
/// with the rules, and one sentence of documentation.
///
/// The default is the value of a freshly made `Root`, so it stands in one place only.
public struct ConfigurationOption<Root: Configurable>: Sendable {
    /// The property's name; of a prefix the prefix, which ends in a dot.
    public let name: String
    /// What the text is read as.
    public let kind: ConfigurationKind
    /// What is allowed, as it reads after "must be".
    public let allowed: String
    /// Whether a properties file must name it.
    public let isRequired: Bool
    /// How likely an operator is to set it.
    public let importance: ConfigurationImportance
    /// What it does, in a sentence.
    public let documentation: String

    /// Stores what the properties say; the reason of a fault where they are wrong.
    let read: @Sendable (inout Root, String) -> String?
    /// The reason why the value in a typed configuration is wrong.
    let check: @Sendable (Root) -> String?
    /// The value as text, never shown as it is; nil where there is none.
    let text: @Sendable (Root) -> String?
    /// Stores every property of a prefix, without the prefix.
    let readPrefixed: @Sendable (inout Root, [String: String]) -> Void

    /// Defines an option.
    /// - Parameters:
    ///   - name: The property's name.
    ///   - keyPath: Where the value lies in the typed configuration.
    ///   - type: How the text is read and what is allowed.
    ///   - isRequired: Whether a properties file must name it.
    ///   - importance: How likely an operator is to set it.
    ///   - documentation: What it does, in a sentence.
    public init<Value>(
        _ name: String, _ keyPath: any WritableKeyPath<Root, Value> & Sendable,
        _ type: ConfigurationType<Value>, isRequired: Bool = false,
        importance: ConfigurationImportance = .medium, _ documentation: String
    ) {
        self.name = name
        kind = type.kind
        allowed = type.allowed
        self.isRequired = isRequired
        self.importance = importance
        self.documentation = documentation
        let reason = "must be \(type.allowed)"
        read = { root, text in
            guard let value = type.parse(text) else { return reason }
            root[keyPath: keyPath] = value
            return type.accepts(value) ? nil : reason
        }
        check = { type.accepts($0[keyPath: keyPath]) ? nil : reason }
        text = { type.text($0[keyPath: keyPath]) }
        readPrefixed = { _, _ in }
    }

    /// Defines an option that may have no value: nil, or a text that is empty.
    /// - Parameters:
    ///   - name: The property's name.
    ///   - keyPath: Where the value lies in the typed configuration.
    ///   - type: How the text is read and what is allowed.
    ///   - importance: How likely an operator is to set it.
    ///   - documentation: What it does, in a sentence.
    public init<Value>(
        _ name: String, _ keyPath: any WritableKeyPath<Root, Value?> & Sendable,
        _ type: ConfigurationType<Value>, importance: ConfigurationImportance = .medium,
        _ documentation: String
    ) {
        self.init(
            name, keyPath, type.optional, isRequired: false, importance: importance, documentation)
    }

    /// Defines all properties that begin with a prefix, which are passed on without it.
    ///
    /// Any of them may be a secret of the part that they are passed to, so none is ever shown.
    /// - Parameters:
    ///   - prefix: What the names begin with, including the dot.
    ///   - keyPath: Where the values lie in the typed configuration.
    ///   - importance: How likely an operator is to set one.
    ///   - documentation: What they do, in a sentence.
    public init(
        prefix: String, _ keyPath: any WritableKeyPath<Root, [String: String]> & Sendable,
        importance: ConfigurationImportance = .medium, _ documentation: String
    ) {
        name = prefix
        kind = .prefix
        allowed = "settings passed on"
        isRequired = false
        self.importance = importance
        self.documentation = documentation
        read = { _, _ in nil }
        check = { _ in nil }
        text = { _ in nil }
        readPrefixed = { $0[keyPath: keyPath] = $1 }
    }

    /// Whether values are never shown.
    public var isSecret: Bool { kind == .password || kind == .prefix }

    /// The default as a properties file would write it; nil where there is none.
    public var defaultText: String? { isRequired || isSecret ? nil : text(Root()) }

    /// The value as it may be shown.
    func shown(_ value: String) -> String { isSecret ? Secret.placeholder : value }
}
