/// What a connector does about records that cannot be handled: the `errors.*` options.
public struct ErrorOptions: Sendable, Hashable {
    /// What becomes of the record.
    public var tolerance = ErrorTolerance.none
    /// How long a failed conversion or transform is tried again; nil is without end.
    public var retryTimeout: Duration? = .zero
    /// The longest pause between two tries.
    public var longestRetryDelay = Duration.seconds(60)
    /// Whether every tolerated error is logged.
    public var isLogged = false
    /// Whether such a line names topic, partition, offset and timestamp; values are never logged.
    public var logsPosition = false

    /// Every option at its default.
    public init() {}
}
