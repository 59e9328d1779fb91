public import Penstock
public import PenstockKafka

extension ConnectorRunner {
    /// Sets up a sink of topics by name.
    ///
    /// What is wrong with it is thrown by ``run()``.
    ///
    /// - Parameters:
    ///   - name: The connector's name; it makes the consumer group.
    ///   - connector: What takes the records.
    ///   - topics: The names of the topics to read.
    ///   - kafka: Settings of the Kafka client by their Java or librdkafka names, such as
    ///     `bootstrap.servers` and `fetch.min.bytes`.
    ///   - tasks: The most tasks to run.
    ///   - options: Converters, errors and what else every connector has; its name and its number
    ///     of tasks are those given here.
    ///   - worker: How often to commit and how long to take for the end.
    ///   - budget: How much the tasks may have in hand.
    ///   - tokens: Where the tokens come from, for the mechanism OAUTHBEARER; nil for what the
    ///     Kafka settings say.
    ///   - log: Where to log; one line each on standard error by default.
    public init(
        name: String, connector: some SinkConnector, topics: [String],
        kafka: [String: String], tasks: Int = 1, options: ConnectorOptions = ConnectorOptions(),
        worker: WorkerOptions = WorkerOptions(), budget: BudgetOptions = BudgetOptions(),
        tokens: (any TokenProvider)? = nil, log: Log = Log(LineLogHandler())
    ) {
        // An initializer of its own: a literal of `TopicSelection` would want the core's import,
        // which such a program needs for nothing else.
        self.init(
            name: name, connector: connector, topics: TopicSelection.names(topics), kafka: kafka,
            tasks: tasks, options: options, worker: worker, budget: budget, tokens: tokens, log: log
        )
    }
}
