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
    /// Where the tokens come from with which the clients log in, if they log in so.
    var tokens: (any TokenProvider)?

    /// Reads a sink that `connector.class` names.
    init(
        _ configuration: ConnectorConfiguration, connectors: [any ConfigurableConnector.Type],
        tokens: (any TokenProvider)? = nil
    ) {
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
        self.init(reader, framework, options, budget, connector, tokens: tokens)
    }

    /// Completes what was read.
    init(
        _ reader: ConfigurationReader, _ framework: FrameworkOptions, _ options: SinkOptions,
        _ budget: BudgetOptions, _ connector: (any SinkConnector)?,
        tokens: (any TokenProvider)?
    ) {
        var (reader, framework) = (reader, framework)
        framework.clients.suppliesTokens = tokens != nil
        converters = ConverterPlan(framework.connector, &reader)
        consumer = framework.translateSettings(of: .consumer, &reader)
        if let topic = options.deadLetters.topic {
            reader.add(
                ConfigurationFault(
                    property: "errors.deadletterqueue.topic.name", value: topic,
                    reason: "must be empty: dead letter topics are not part of this version"))
        }
        self.tokens = Self.provider(of: consumer, supplied: tokens, &reader)
        framework.notices.connector = (connector as? any Configurable)?.notices() ?? []
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

    /// What provides tokens; what it lacks is a fault of the mechanism that wants them.
    private static func provider(
        of settings: TranslatedSettings, supplied: (any TokenProvider)?,
        _ reader: inout ConfigurationReader
    ) -> (any TokenProvider)? {
        let region = reader.properties["aws.dynamodb.region"]
        guard let source = settings.tokenSource?.inRegion(region) else {
            guard supplied != nil else { return nil }
            reader.add(
                ConfigurationFault(
                    property: "sasl.mechanism",
                    reason:
                        "must be OAUTHBEARER, with a security.protocol of SASL_SSL: the program "
                        + "supplies tokens"))
            return nil
        }
        do throws(TokenError) { return try source.makeProvider(supplied: supplied) } catch {
            reader.add(
                ConfigurationFault(
                    property: "sasl.mechanism", reason: "cannot be used: \(error.description)"))
            return nil
        }
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
