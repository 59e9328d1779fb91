/// What a worker's properties say about every connector it runs.
public struct WorkerOptions: Sendable, Configurable {
    /// How often positions are committed.
    public var commitInterval = Duration.seconds(60)
    /// How long one commit may take; without effect yet.
    public var commitTimeout = Duration.seconds(5)
    /// How long a stopping connector may write and commit what is in hand.
    public var gracefulStopTimeout = Duration.seconds(5)
    /// Which Kafka settings a connector may override.
    public var overridePolicy = ClientOverridePolicy.all
    /// The Kafka settings that a connector may override under the allow-list policy.
    public var overrideAllowlist: [String] = []

    /// Every option at its default.
    public init() {}

    /// The definitions.
    public static let options: [ConfigurationOption<WorkerOptions>] = [
        .init(
            "offset.flush.interval.ms", \.commitInterval, .milliseconds.atLeast(.milliseconds(1)),
            importance: .low, "How often positions are committed."),
        .init(
            "offset.flush.timeout.ms", \.commitTimeout, .milliseconds.atLeast(.zero),
            importance: .low, "How long one commit may take; without effect yet."),
        .init(
            "task.shutdown.graceful.timeout.ms", \.gracefulStopTimeout,
            .milliseconds.atLeast(.zero), importance: .low,
            "How long a stopping connector may write and commit what is in hand."),
        .init(
            "connector.client.config.override.policy", \.overridePolicy,
            .overridePolicy,
            "Which Kafka settings a connector may override."),
        .init(
            "connector.client.config.override.allowlist", \.overrideAllowlist, .names,
            "The Kafka settings that a connector may override under the policy Allowlist."),
    ]
}
