import Penstock

/// What a worker of a sink is told.
struct SinkWorkerSettings: Sendable {
    var context: TaskContext
    var topics: TopicSelection
    /// How many records a task receives at once.
    var maximumPollRecords = 500
    /// How long the group waits for a poll before it takes the partitions away.
    var maximumPollInterval = Duration.seconds(300)
    var commitInterval = Duration.seconds(60)
    var gracefulStopTimeout = Duration.seconds(5)
    var errors = ErrorOptions()
    /// The bounds of what this worker may have in hand.
    var recordLimit = 20_000
    var byteLimit = 32 << 20

    var log: Log { context.log }

    /// How long a revocation may wait for the task: well before the group gives this member up.
    var revocationTimeout: Duration { min(maximumPollInterval / 2, .seconds(30)) }
}
