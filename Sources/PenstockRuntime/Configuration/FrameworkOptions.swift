package import Penstock
package import PenstockKafka

/// What the runtime itself reads of a configuration, beside the connector's own options.
package struct FrameworkOptions: Sendable {
    /// What every connector has; its converters are the ones to use, never nil.
    package var connector: ConnectorOptions
    /// What the worker says.
    package var worker: WorkerOptions
    /// Where the settings of the Kafka clients come from.
    package var clients: ClientSettingSource
    /// What is worth a line of the log.
    package var notices: ConfigurationNotices

    /// Translates the settings of one kind of Kafka client.
    ///
    /// What must not be used goes to `reader` as a fault, once; the rest to the notices.
    package mutating func translateSettings(
        of kind: ClientKind, _ reader: inout ConfigurationReader
    ) -> TranslatedSettings {
        let translated = clients.translated(for: kind)
        if translated.library["bootstrap.servers"] == nil {
            reader.add(ConfigurationFault(property: "bootstrap.servers", reason: "is missing"))
        }
        for finding in translated.findings + translated.faults(of: kind) {
            guard finding.level == .error else {
                if !notices.clientFindings.contains(finding) {
                    notices.clientFindings.append(finding)
                }
                continue
            }
            reader.add(
                ConfigurationFault(
                    property: finding.property, reason: "cannot be used: \(finding.explanation)"))
        }
        return translated
    }

    /// Translates the settings of a kind of client that the connector does not use.
    ///
    /// What must not be used is only a warning then; what is said of all clients alike is said of
    /// those that are used.
    mutating func previewSettings(of kind: ClientKind) -> TranslatedSettings {
        let translated = clients.translated(for: kind)
        let own = (translated.findings + translated.faults(of: kind)).filter {
            $0.property.hasPrefix(kind.prefix)
        }
        for var finding in own {
            if finding.level == .error {
                finding.level = .warning
                finding.explanation += "; this connector has no such client"
            }
            notices.clientFindings.append(finding)
        }
        return translated
    }
}

extension ConnectorConfiguration {
    /// A reader of the connector's properties that knows the names which mean nothing here.
    package func makeReader() -> ConfigurationReader {
        var reader = ConfigurationReader(properties)
        reader.know(["connector.plugin.version", "tasks.max.enforce"])
        reader.know(properties.keys.filter { WorkerPropertyUse.isLicence($0) })
        reader.know(properties.keys.filter { Self.isShared($0) })
        return reader
    }

    /// Reads the runtime's own options; faults of both files go to `reader`.
    /// - Parameters:
    ///   - reader: The reader of the connector's properties.
    ///   - typed: The connector's options where a program sets them in Swift: they are checked
    ///     then, and not read.
    /// - Returns: The options; where there was a fault, a default in its place.
    package func frameworkOptions(
        _ reader: inout ConfigurationReader, typed: ConnectorOptions? = nil
    ) -> FrameworkOptions {
        if let typed { reader.check(typed) }
        var connector = typed ?? reader.read(ConnectorOptions.self)
        let workerProperties = effectiveWorkerProperties
        var workerReader = ConfigurationReader(workerProperties)
        let worker = workerReader.read(WorkerOptions.self)
        var notices = ConfigurationNotices(self)
        resolveConverters(of: &connector, &notices)
        for fault in workerReader.faults { reader.add(fault) }
        if !connector.transforms.isEmpty {
            reader.add(
                ConfigurationFault(
                    property: "transforms", value: connector.transforms.joined(separator: ","),
                    reason: "must be empty: transforms are not part of this version"))
        }
        let clients = ClientSettingSource(
            connector: connector.name, worker: workerProperties,
            connectorSettings: connector.clientOverrides,
            policy: worker.overridePolicy, allowlist: worker.overrideAllowlist)
        return FrameworkOptions(
            connector: connector, worker: worker, clients: clients, notices: notices)
    }

    /// The worker's properties, completed from the connector's file where one file holds all.
    ///
    /// Where nothing names the brokers, the address of Confluent's licence topic does, together
    /// with the settings that say how to reach it: for that connector both are one cluster.
    var effectiveWorkerProperties: [String: String] {
        let shared = properties.filter { Self.isShared($0.key) }
        let worker = workerProperties.merging(shared) { worker, _ in worker }
        guard worker["bootstrap.servers"] == nil else { return worker }
        let prefix = "confluent.topic."
        let both = properties.merging(workerProperties) { connector, _ in connector }
        guard both[prefix + "bootstrap.servers"] != nil else { return worker }
        let licence = both.filter { $0.key.hasPrefix(prefix) }
            .map { (String($0.key.dropFirst(prefix.count)), $0.value) }
            .filter { WorkerPropertyUse.isConnection($0.0) }
        return worker.merging(licence) { worker, _ in worker }
    }

    /// Whether a worker's property counts in a connector's file too, where the worker's lacks it.
    static func isShared(_ name: String) -> Bool {
        WorkerPropertyUse.isConnection(name) || WorkerOptions.options.contains { $0.name == name }
    }

    /// A converter that the connector names stands alone; otherwise the worker's is used, or ours,
    /// with the connector's settings over it.
    private func resolveConverters(
        of options: inout ConnectorOptions, _ notices: inout ConfigurationNotices
    ) {
        // A worker's file is read for its converters alone: it has no name, and needs none.
        var reader = ConfigurationReader(workerProperties)
        let worker = reader.read(ConnectorOptions.self)
        for part in RecordPart.allCases where options[keyPath: part.converter].className == nil {
            var resolved = worker[keyPath: part.converter]
            if resolved.className == nil {
                resolved = part.defaultConverter
                if part != .header { notices.defaultConverters.append(part) }
            }
            resolved.settings.merge(options[keyPath: part.converter].settings) { _, own in own }
            options[keyPath: part.converter] = resolved
        }
    }
}

extension ConnectorOptions {
    /// The settings of Kafka clients under the names that a properties file gives them.
    fileprivate var clientOverrides: [String: String] {
        var overrides: [String: String] = [:]
        let settings = [
            ("consumer", consumerSettings), ("producer", producerSettings),
            ("admin", adminSettings),
        ]
        for (client, settings) in settings {
            for (name, value) in settings { overrides["\(client).override.\(name)"] = value }
        }
        return overrides
    }
}
