package import Penstock
package import PenstockKafka

/// What an operator should know about a configuration that is right: at most one line for each.
package struct ConfigurationNotices: Sendable {
    /// Properties of Confluent's licence check, which is not needed.
    package var licence: [String]
    /// Properties of the worker's file that mean nothing here.
    package var withoutEffect: [String]
    /// Properties of the worker's file that nobody knows.
    package var unknownWorkerProperties: [UnknownProperty]
    /// Whether the brokers' address is the licence topic's.
    package var usesLicenceAddress: Bool
    /// The parts of a record for which nobody named a converter.
    package var defaultConverters: [RecordPart] = []
    /// What became of the settings of Kafka clients; each once, also where several clients have it.
    package var clientFindings: [SettingFinding] = []
    /// What the connector itself has to say.
    package var connector: [ConfigurationNotice] = []

    init(_ configuration: ConnectorConfiguration) {
        let names = configuration.workerProperties.keys.sorted()
        licence = Set(names + configuration.properties.keys)
            .filter { WorkerPropertyUse.isLicence($0) }.sorted()
        withoutEffect = names.filter { WorkerPropertyUse($0) == .withoutEffect }
        unknownWorkerProperties = names.filter { WorkerPropertyUse($0) == .unknown }.map {
            UnknownProperty(
                name: $0, nearest: WorkerPropertyUse.nearestName(to: $0))
        }
        usesLicenceAddress =
            configuration.effectiveWorkerProperties["bootstrap.servers"] != nil
            && configuration.workerProperties["bootstrap.servers"] == nil
            && configuration.properties["bootstrap.servers"] == nil
    }

    /// Writes the lines.
    /// - Parameters:
    ///   - log: Where they go.
    ///   - unknown: The connector's properties that nothing has read.
    package func write(to log: Log, unknown: [UnknownProperty]) {
        if usesLicenceAddress {
            log.info("Brokers are those of confluent.topic.bootstrap.servers; no file names others")
        }
        if !licence.isEmpty {
            log.info(
                "Licence properties are not needed",
                ["properties": licence.joined(separator: ",")])
        }
        if !withoutEffect.isEmpty {
            log.info(
                "Worker properties have no effect here",
                ["properties": withoutEffect.joined(separator: ",")])
        }
        writeConverters(to: log)
        for notice in connector {
            log.warning(
                "Connector setting",
                ["property": notice.property, "explanation": notice.explanation])
        }
        writeFindings(to: log)
        for property in unknown + unknownWorkerProperties {
            if let nearest = property.nearest {
                log.warning("Unknown property", ["property": property.name, "nearest": nearest])
            } else {
                log.warning("Unknown property", ["property": property.name])
            }
        }
    }

    private func writeConverters(to log: Log) {
        guard !defaultConverters.isEmpty else { return }
        let converters = defaultConverters.map { part in
            let converter = part.defaultConverter
            let settings = converter.settings.map { " \($0.key)=\($0.value)" }.joined()
            return "\(part.rawValue).converter=\(converter.className ?? "")\(settings)"
        }
        log.info(
            "No file names a converter; the defaults are used",
            ["converters": converters.joined(separator: ", ")])
    }

    private func writeFindings(to log: Log) {
        for finding in clientFindings {
            let idle = finding.outcome == .withoutEffect && finding.level == .debug
            if !idle { write(finding, to: log) }
        }
        let idle = clientFindings.filter { $0.outcome == .withoutEffect && $0.level == .debug }
        guard !idle.isEmpty else { return }
        log.debug(
            "Kafka settings have no effect here",
            ["properties": idle.map(\.property).joined(separator: ",")])
    }

    private func write(_ finding: SettingFinding, to log: Log) {
        let data: KeyValuePairs<String, any CustomStringConvertible> = [
            "property": finding.property, "explanation": finding.explanation,
        ]
        switch finding.level {
        case .debug: log.debug("Kafka setting", data)
        case .info: log.info("Kafka setting", data)
        case .warning, .error: log.warning("Kafka setting", data)
        }
    }
}
