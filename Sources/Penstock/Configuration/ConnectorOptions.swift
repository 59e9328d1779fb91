/// What every connector has: its name, its class, its converters and its errors.
public struct ConnectorOptions: Sendable, Configurable {
    /// The name; a sink's consumer group is `connect-` and the name.
    public var name = ""
    /// The full or short name of the connector's class.
    public var connectorClass = ""
    /// The most tasks it may run.
    public var maximumTasks = 1
    /// Reads and writes keys.
    public var keyConverter = ConverterOptions()
    /// Reads and writes values.
    public var valueConverter = ConverterOptions()
    /// Reads and writes header values.
    public var headerConverter = ConverterOptions()
    /// The aliases of the transforms, in the order in which they run.
    public var transforms: [String] = []
    /// The settings of the transforms, each under its alias and a dot.
    public var transformSettings: [String: String] = [:]
    /// The aliases of the predicates.
    public var predicates: [String] = []
    /// The settings of the predicates, each under its alias and a dot.
    public var predicateSettings: [String: String] = [:]
    /// What becomes of records that cannot be handled.
    public var errors = ErrorOptions()
    /// Kafka settings of the connector's consumers, by their Java or librdkafka names.
    public var consumerSettings: [String: String] = [:]
    /// Kafka settings of the connector's producers.
    public var producerSettings: [String: String] = [:]
    /// Kafka settings of the connector's admin calls.
    public var adminSettings: [String: String] = [:]
    /// What a changed secret means: a restart, or nothing; without effect yet.
    public var reloadAction = ReloadAction.restart

    /// Every option at its default.
    public init() {}

    /// What a change behind a `${...}` reference means.
    public enum ReloadAction: String, Sendable, CaseIterable {
        /// Nothing.
        case none
        /// The connector starts anew with the changed value.
        case restart
    }
}

extension ConnectorOptions {
    /// The definitions.
    public static let options: [ConfigurationOption<ConnectorOptions>] =
        identity + converters + stages + errorHandling + clients

    private static let identity: [ConfigurationOption<ConnectorOptions>] = [
        .init(
            "name", \.name, .name, isRequired: true, importance: .high,
            "The connector's name; a sink's consumer group is connect- and this name."),
        .init(
            "connector.class", \.connectorClass, .string, isRequired: true, importance: .high,
            "The connector's class, by its full or its short name."),
        .init(
            "tasks.max", \.maximumTasks, .count.atLeast(1), importance: .high,
            "The most tasks that the connector may run."),
        .init(
            "config.action.reload", \.reloadAction, .choice(), importance: .low,
            "What a changed value behind a reference means; without effect yet."),
    ]

    private static let converters: [ConfigurationOption<ConnectorOptions>] = [
        .init(
            "key.converter", \.keyConverter.className, .className, importance: .low,
            "The converter of keys."),
        .init(
            prefix: "key.converter.", \.keyConverter.settings, importance: .low,
            "Settings of the key converter."),
        .init(
            "value.converter", \.valueConverter.className, .className, importance: .low,
            "The converter of values."),
        .init(
            prefix: "value.converter.", \.valueConverter.settings, importance: .low,
            "Settings of the value converter."),
        .init(
            "header.converter", \.headerConverter.className, .className, importance: .low,
            "The converter of header values."),
        .init(
            prefix: "header.converter.", \.headerConverter.settings, importance: .low,
            "Settings of the header converter."),
    ]

    private static let stages: [ConfigurationOption<ConnectorOptions>] = [
        .init(
            "transforms", \.transforms, .aliases, importance: .low,
            "Aliases of the transforms, in the order in which they run."),
        .init(
            prefix: "transforms.", \.transformSettings, importance: .low,
            "Type and settings of each transform, under its alias."),
        .init(
            "predicates", \.predicates, .aliases, importance: .low,
            "Aliases of the predicates that transforms may ask."),
        .init(
            prefix: "predicates.", \.predicateSettings, importance: .low,
            "Type and settings of each predicate, under its alias."),
    ]

    private static let errorHandling: [ConfigurationOption<ConnectorOptions>] = [
        .init(
            "errors.tolerance", \.errors.tolerance, .choice(),
            "What becomes of a record that cannot be handled: none stops the task, all skips it."),
        .init(
            "errors.retry.timeout", \.errors.retryTimeout, .millisecondsOrEndless,
            "How long a failed conversion or transform is tried again; without effect yet."),
        .init(
            "errors.retry.delay.max.ms", \.errors.longestRetryDelay, .milliseconds.atLeast(.zero),
            "The longest pause between two tries."),
        .init(
            "errors.log.enable", \.errors.isLogged, .boolean,
            "Whether every tolerated error is logged."),
        .init(
            "errors.log.include.messages", \.errors.logsPosition, .boolean,
            "Without effect: such a line always names the record's position, and never values."),
    ]

    private static let clients: [ConfigurationOption<ConnectorOptions>] = [
        .init(
            prefix: "consumer.override.", \.consumerSettings,
            "Kafka settings of the connector's consumers."),
        .init(
            prefix: "producer.override.", \.producerSettings,
            "Kafka settings of the connector's producers."),
        .init(
            prefix: "admin.override.", \.adminSettings,
            "Kafka settings of the connector's admin calls."),
    ]
}

extension ConfigurationType where Value == String {
    /// The name of a class whose table another part holds.
    static var className: Self {
        Self(
            kind: .class, allowed: "the name of a class", parse: { $0 },
            accepts: { !$0.isEmpty }, text: { $0 })
    }
}
