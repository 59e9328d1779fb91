/// What a connector does about records that cannot be handled: the `errors.*` options.
public struct ErrorOptions: Sendable, Hashable {
    /// What becomes of the record.
    public var tolerance = ErrorTolerance.none
    /// How long a failed conversion or transform is tried again; nil is without end.
    ///
    /// Without effect yet: no conversion waits or asks anybody, so none heals.
    public var retryTimeout: Duration? = .zero
    /// The longest pause between two tries.
    public var longestRetryDelay = Duration.seconds(60)
    /// Whether every tolerated error is logged.
    public var isLogged = false
    /// Without effect: such a line always names topic, partition and offset, and never values.
    public var logsPosition = false

    /// Every option at its default.
    public init() {}
}
