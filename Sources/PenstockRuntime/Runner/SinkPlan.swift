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

    var name: String { framework.connector.name }

    /// Reads a sink that `connector.class` names.
    init(
        _ configuration: ConnectorConfiguration, connectors: [any ConfigurableConnector.Type]
    ) throws(ConfigurationError) {
        var reader = configuration.makeReader()
        let framework = configuration.frameworkOptions(&reader)
        let topics = reader.read(SinkOptions.self)
        let budget = reader.read(BudgetOptions.self)
        let table = ClassTable(
            ending: "Connector", connectors.map { (names: $0.classNames, element: $0) })
        let connector = reader.element(named: "connector.class", of: table)
            .flatMap { Self.sink($0, &reader) }
        if let state = configuration.initialState, state != .running {
            reader.add(
                ConfigurationFault(
                    property: "initial_state", value: state.rawValue,
                    reason: "must be RUNNING: a connector runs while its program does"))
        }
        self = try Self(reader, framework, topics, budget, connector)
    }

    /// Takes a sink that a program sets up in Swift.
    init(
        connector: any SinkConnector, kafka: [String: String], options: ConnectorOptions,
        topics: TopicSelection, worker: WorkerOptions, budget: BudgetOptions
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
        self = try Self(reader, framework, sinkOptions, budget, connector)
    }

    private init(
        _ reader: ConfigurationReader, _ framework: FrameworkOptions, _ options: SinkOptions,
        _ budget: BudgetOptions, _ connector: (any SinkConnector)?
    ) throws(ConfigurationError) {
        var (reader, framework) = (reader, framework)
        converters = ConverterPlan(framework.connector, &reader)
        _ = framework.translateSettings(of: .consumer, &reader)
        if let topic = options.deadLetters.topic {
            reader.add(
                ConfigurationFault(
                    property: "errors.deadletterqueue.topic.name", value: topic,
                    reason: "must be empty: dead letter topics are not part of this version"))
        }
        try reader.throwFaults()
        guard let connector else { throw ConfigurationError("connector.class", "is missing") }
        self.connector = connector
        self.framework = framework
        self.budget = budget
        topics = options.selection
        let maximum = framework.connector.maximumTasks
        taskCount = min(max(1, connector.taskCount(maximum: maximum)), maximum)
        unknown = reader.unknownProperties
    }

    private static func sink(
        _ type: any ConfigurableConnector.Type, _ reader: inout ConfigurationReader
    ) -> (any SinkConnector)? {
        let connector = read(type, &reader)
        if let sink = connector as? any SinkConnector { return sink }
        reader.add(
            ConfigurationFault(
                property: "connector.class", value: type.classNames.first,
                reason: "must be a sink: sources are not part of this version"))
        return nil
    }

    private static func read<C: ConfigurableConnector>(
        _: C.Type, _ reader: inout ConfigurationReader
    ) -> any Connector { reader.read(C.self) }

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
