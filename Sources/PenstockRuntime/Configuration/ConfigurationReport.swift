package import Penstock
package import PenstockKafka

/// Everything there is to say about a configuration, right or wrong, without running it.
package struct ConfigurationReport: Sendable {
    /// What one Kafka client would get.
    package struct Client: Sendable {
        package var kind: ClientKind
        package var settings: [ShownSetting]
    }

    /// What is wrong; where this is empty the connector can be run.
    package let faults: [ConfigurationFault]
    /// What every kind of Kafka client would get, also of kinds that this connector does not use.
    package let clients: [Client]
    private let notices: ConfigurationNotices
    private let unknown: [UnknownProperty]

    /// Reads a configuration.
    /// - Parameters:
    ///   - configuration: The properties of the connector and its worker.
    ///   - connectors: What `connector.class` may name.
    package init(
        _ configuration: ConnectorConfiguration, connectors: [any ConfigurableConnector.Type]
    ) {
        var draft = SinkDraft(configuration, connectors: connectors)
        var clients = [Client(.consumer, draft.consumer)]
        for kind in [ClientKind.producer, .admin] {
            clients.append(Client(kind, draft.framework.previewSettings(of: kind)))
        }
        faults = draft.reader.faults
        self.clients = clients
        notices = draft.framework.notices
        unknown = draft.reader.unknownProperties
    }

    /// Writes everything but the faults to a log.
    package func writeNotices(to log: Log) { notices.write(to: log, unknown: unknown) }
}

extension ConfigurationReport.Client {
    fileprivate init(_ kind: ClientKind, _ translated: TranslatedSettings) {
        self.kind = kind
        settings = translated.shown(for: kind)
    }
}
