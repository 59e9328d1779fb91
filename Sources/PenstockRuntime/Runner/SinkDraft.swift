import Penstock
import PenstockKafka

/// A sink's whole configuration, read and not yet judged: its faults are those of the reader.
struct SinkDraft {
    var reader: ConfigurationReader
    var framework: FrameworkOptions
    var options: SinkOptions
    var budget: BudgetOptions
    var connector: (any SinkConnector)?
    var converters: ConverterPlan
    /// What the consumer gets.
    var consumer: TranslatedSettings

    /// Reads a sink that `connector.class` names.
    init(_ configuration: ConnectorConfiguration, connectors: [any ConfigurableConnector.Type]) {
        var reader = configuration.makeReader()
        let framework = configuration.frameworkOptions(&reader)
        let options = reader.read(SinkOptions.self)
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
        self.init(reader, framework, options, budget, connector)
    }

    /// Completes what was read.
    init(
        _ reader: ConfigurationReader, _ framework: FrameworkOptions, _ options: SinkOptions,
        _ budget: BudgetOptions, _ connector: (any SinkConnector)?
    ) {
        var (reader, framework) = (reader, framework)
        converters = ConverterPlan(framework.connector, &reader)
        consumer = framework.translateSettings(of: .consumer, &reader)
        if let topic = options.deadLetters.topic {
            reader.add(
                ConfigurationFault(
                    property: "errors.deadletterqueue.topic.name", value: topic,
                    reason: "must be empty: dead letter topics are not part of this version"))
        }
        self.reader = reader
        self.framework = framework
        self.options = options
        self.budget = budget
        self.connector = connector
    }

    /// The plan, where nothing is wrong.
    /// - Throws: Every fault together.
    func plan() throws(ConfigurationError) -> SinkPlan {
        try reader.throwFaults()
        guard let connector else { throw ConfigurationError("connector.class", "is missing") }
        return SinkPlan(self, connector)
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
}
