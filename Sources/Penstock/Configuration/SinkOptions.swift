/// What every sink has beside ``ConnectorOptions``: its topics and its dead letters.
public struct SinkOptions: Sendable, Configurable {
    /// The topics by name; empty where ``topicPattern`` chooses them.
    public var topics: [String] = []
    /// The pattern of the topics' names; nil where ``topics`` names them.
    public var topicPattern: TopicPattern?
    /// Where failed records go.
    public var deadLetters = DeadLetterOptions()

    /// Every option at its default; topics are still to be chosen.
    public init() {}

    /// Reads these topics.
    public init(topics: TopicSelection) {
        switch topics {
        case .names(let names): self.topics = names
        case .matching(let pattern): topicPattern = pattern
        }
    }

    /// The topics, however they are chosen.
    public var selection: TopicSelection { topicPattern.map { .matching($0) } ?? .names(topics) }
}

extension SinkOptions {
    /// The definitions.
    public static let options: [ConfigurationOption<SinkOptions>] = [
        .init(
            "topics", \.topics, .names, importance: .high,
            "The topics to read; this or topics.regex."),
        .init(
            "topics.regex", \.topicPattern, .topicPattern, importance: .high,
            "A regular expression over whole names of topics to read; this or topics."),
        .init(
            "errors.deadletterqueue.topic.name", \.deadLetters.topic, .string,
            "The topic for records that failed; not part of this version: has to be empty."),
        .init(
            "errors.deadletterqueue.topic.replication.factor", \.deadLetters.replicationFactor,
            .int16.satisfying("a whole number of at least 1, or -1 for the broker's default") {
                $0 >= 1 || $0 == -1
            },
            "The replication factor of that topic where it is created."),
        .init(
            "errors.deadletterqueue.context.headers.enable", \.deadLetters.includesContext,
            .boolean, "Whether headers tell what went wrong and where the record came from."),
    ]

    /// Exactly one choice of topics, which the dead letter topic is not part of.
    public func faultsBetweenOptions() -> [ConfigurationFault] {
        let both = ["topics", "topics.regex"]
        if topics.isEmpty == (topicPattern == nil) {
            let reason =
                topics.isEmpty
                ? "or \(both[1]) must be set" : "and \(both[1]) cannot both be set"
            return [ConfigurationFault(property: both[0], reason: reason)]
        }
        guard let deadLetterTopic = deadLetters.topic, selection.contains(deadLetterTopic) else {
            return []
        }
        return [
            ConfigurationFault(
                property: topics.isEmpty ? both[1] : both[0],
                value: topicPattern?.text ?? topics.joined(separator: ","),
                reason: "must not include the dead letter topic \(deadLetterTopic)")
        ]
    }
}
