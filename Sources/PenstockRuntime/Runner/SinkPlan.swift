import Penstock
import PenstockKafka

/// A sink's whole configuration, checked: what its workers are made of.
struct SinkPlan: Sendable {
    let connector: any SinkConnector
    let topics: TopicSelection
    let taskCount: Int
    let framework: FrameworkOptions
    let budget: BudgetOptions
    let converters: ConverterPlan
    let unknown: [UnknownProperty]
    /// What the consumer of every task gets, but for its number.
    let consumer: TranslatedSettings
    /// Where the tokens come from with which the clients log in, if they log in so.
    let tokens: (any TokenProvider)?

    var name: String { framework.connector.name }

    /// Takes a sink that a program sets up in Swift.
    init(
        connector: any SinkConnector, kafka: [String: String], options: ConnectorOptions,
        topics: TopicSelection, worker: WorkerOptions, budget: BudgetOptions,
        tokens: (any TokenProvider)?
    ) throws(ConfigurationError) {
        let configuration = ConnectorConfiguration([:], worker: Self.workerProperties(of: kafka))
        var reader = configuration.makeReader()
        var framework = configuration.frameworkOptions(&reader, typed: options)
        let sinkOptions = SinkOptions(topics: topics)
        reader.check(sinkOptions)
        reader.check(worker)
        reader.check(budget)
        if let configurable = connector as? any Configurable { Self.check(configurable, &reader) }
        framework.worker = worker
        self = try SinkDraft(reader, framework, sinkOptions, budget, connector, tokens: tokens)
            .plan()
    }

    init(_ draft: SinkDraft, _ connector: any SinkConnector) {
        self.connector = connector
        framework = draft.framework
        budget = draft.budget
        converters = draft.converters
        tokens = draft.tokens
        consumer = draft.consumer
        topics = draft.options.selection
        let maximum = framework.connector.maximumTasks
        taskCount = min(max(1, connector.taskCount(maximum: maximum)), maximum)
        unknown = draft.reader.unknownProperties
    }

    private static func check<C: Configurable>(_ value: C, _ reader: inout ConfigurationReader) {
        reader.check(value)
    }

    /// What a program passes as `kafka:` under the names of a worker's file: a bare name is a
    /// setting of the consumer, unless it says how to reach Kafka.
    private static func workerProperties(of kafka: [String: String]) -> [String: String] {
        let prefixes = ["consumer.", "producer.", "admin."]
        var properties: [String: String] = [:]
        for (name, value) in kafka {
            let isWhole =
                WorkerPropertyUse.isConnection(name) || prefixes.contains { name.hasPrefix($0) }
            properties[isWhole ? name : "consumer." + name] = value
        }
        return properties
    }
}
