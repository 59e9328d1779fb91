public import Penstock
public import PenstockKafka

/// Runs a connector in this process.
///
/// ```swift
/// let runner = ConnectorRunner(
///     name: "orders", connector: Sink { Audit() }, topics: ["orders"],
///     kafka: ["bootstrap.servers": "localhost:9092"])
/// try await runner.run()
/// ```
///
/// A sink's tasks are members of the consumer group `connect-<name>`: the same program may run
/// again, here or elsewhere, and Kafka divides the partitions among all.
public struct ConnectorRunner: Sendable {
    private let plan: Result<SinkPlan, ConfigurationError>
    private let log: Log

    /// Sets up a sink in Swift.
    ///
    /// What is wrong with it is thrown by ``run()``.
    ///
    /// - Parameters:
    ///   - name: The connector's name; it makes the consumer group.
    ///   - connector: What takes the records.
    ///   - topics: The topics to read, by name or by a pattern.
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
        name: String, connector: some SinkConnector, topics: TopicSelection,
        kafka: [String: String], tasks: Int = 1, options: ConnectorOptions = ConnectorOptions(),
        worker: WorkerOptions = WorkerOptions(), budget: BudgetOptions = BudgetOptions(),
        tokens: (any TokenProvider)? = nil, log: Log = Log(LineLogHandler())
    ) {
        var options = options
        options.name = name
        options.maximumTasks = tasks
        do throws(ConfigurationError) {
            plan = .success(
                try SinkPlan(
                    connector: connector, kafka: kafka, options: options, topics: topics,
                    worker: worker, budget: budget, tokens: tokens))
        } catch {
            plan = .failure(error)
        }
        self.log = log.with(["connector": name])
    }

    /// Sets up the connector that properties describe.
    ///
    /// - Parameters:
    ///   - configuration: The properties of the connector and its worker.
    ///   - connectors: What `connector.class` may name.
    ///   - tokens: Where the tokens come from, for the mechanism OAUTHBEARER; nil for what the
    ///     Kafka settings say.
    ///   - log: Where to log; one line each on standard error by default.
    /// - Throws: Every fault together; an unknown class is told with the known ones.
    public init(
        _ configuration: ConnectorConfiguration, connectors: [any ConfigurableConnector.Type],
        tokens: (any TokenProvider)? = nil, log: Log = Log(LineLogHandler())
    ) throws(ConfigurationError) {
        let plan = try SinkDraft(configuration, connectors: connectors, tokens: tokens).plan()
        self.plan = .success(plan)
        self.log = log.with(["connector": plan.name])
    }

    /// Writes to the log what an operator should know about a configuration that is right, such as
    /// properties that nobody knows; ``run()`` does so by itself.
    public func logNotices() {
        guard case .success(let plan) = plan else { return }
        plan.framework.notices.write(to: log, unknown: plan.unknown)
    }

    /// Runs the connector until the calling task is cancelled or the connector fails.
    ///
    /// Cancelled, it stops reading, lets the tasks write and commits what is in hand, within
    /// ``/Penstock/WorkerOptions/gracefulStopTimeout``, and returns; what is left is read again by
    /// whoever comes next. When it returns or throws nothing of it is left running. Brokers that
    /// are away and whatever else may heal are waited for without end.
    ///
    /// - Throws: ``/Penstock/ConfigurationError`` before anything is started; a
    ///   ``/Penstock/TaskError`` where a record cannot be handled and `errors.tolerance` is `none`,
    ///   or where the task failed for good; the Kafka client's error where it cannot go on.
    @concurrent
    public func run() async throws {
        let plan = try plan.get()
        logNotices()
        let stop = StopSignal()
        let crew = WorkerCrew(plan: plan, stop: stop, log: log)
        // A task of its own, since cancellation must not reach what is still to be written: it
        // becomes a request to end. It is waited for in any case.
        let work = Task { try await crew.run() }
        try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            stop.request()
        }
    }
}

extension ConnectorRunner: CustomStringConvertible, CustomReflectable {
    /// The connector's name, or what is wrong with its configuration.
    public var description: String {
        switch plan {
        case .success(let plan): "ConnectorRunner(\(plan.name))"
        case .failure(let error): "ConnectorRunner(\(error))"
        }
    }

    /// The same, so that a dump shows no secret.
    public var customMirror: Mirror { Mirror(self, children: ["connector": description]) }
}
