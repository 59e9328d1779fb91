/// Where a sink's failed records go: the `errors.deadletterqueue.*` options.
public struct DeadLetterOptions: Sendable, Hashable {
    /// The topic; nil is none.
    public var topic: String?
    /// The replication factor of the topic where it is created; -1 is the broker's default.
    public var replicationFactor: Int16 = 3
    /// Whether headers tell what went wrong and where the record came from.
    public var includesContext = false

    /// Every option at its default.
    public init() {}
}
