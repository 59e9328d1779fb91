/// The topics a sink reads: by name, or all whose whole names match a pattern.
public enum TopicSelection: Sendable, Hashable {
    /// These topics.
    case names([String])
    /// Every topic that matches, also one that is created later.
    case matching(TopicPattern)

    /// Whether a topic is among them.
    public func contains(_ topic: String) -> Bool {
        switch self {
        case .names(let names): names.contains(topic)
        case .matching(let pattern): pattern.matches(topic)
        }
    }
}

extension TopicSelection: ExpressibleByArrayLiteral {
    /// These topics.
    public init(arrayLiteral names: String...) { self = .names(names) }
}
