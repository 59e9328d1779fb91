public import Penstock

/// The properties of one connector and of the worker that runs it, as files or a program give them.
///
/// Nothing is checked beyond the files' syntax until the connector is run or validated; then every
/// fault is reported together. Values may be secrets: a description shows names only.
public struct ConnectorConfiguration: Sendable {
    /// The connector's own properties.
    public let properties: [String: String]
    /// The worker's properties.
    public let workerProperties: [String: String]
    /// The state in which a JSON request wants the connector to begin.
    package let initialState: InitialState?

    /// The states in which a connector can begin.
    package enum InitialState: String, Sendable {
        case running = "RUNNING"
        case paused = "PAUSED"
        case stopped = "STOPPED"
    }

    /// Takes properties.
    /// - Parameters:
    ///   - properties: The connector's own, such as `topics`.
    ///   - worker: The worker's, such as `bootstrap.servers`.
    public init(_ properties: [String: String], worker: [String: String] = [:]) {
        self.properties = properties
        workerProperties = worker
        initialState = nil
    }

    /// Reads a connector's file and, if given, its worker's, in any order.
    ///
    /// A file is Java's `.properties` format, read as UTF-8, or JSON as Connect's API takes it. The
    /// connector's is the one with `connector.class` or `name`.
    /// - Throws: A fault for every file that cannot be read, with its line where there is one.
    public init(propertiesFiles paths: [String]) throws(ConfigurationError) {
        var files: [ConfigurationFile] = []
        var faults: [ConfigurationFault] = []
        for path in paths {
            do {
                files.append(try ConfigurationFile(path: path))
            } catch { faults += error.faults }
        }
        if !faults.isEmpty { throw ConfigurationError(faults) }
        try self.init(files)
    }

    /// The fault of files that are all workers': it names the one that looks like a connector's.
    private static func missingConnector(_ files: [ConfigurationFile]) -> ConfigurationError {
        if files.isEmpty {
            return ConfigurationError("file", "is missing: name the connector's properties file")
        }
        let likely = files.filter(\.resemblesConnector)
        return ConfigurationError(
            (likely.isEmpty ? files : likely).map(\.path).joined(separator: ", "),
            "holds neither name nor connector.class, so it is no connector's file")
    }

    init(_ files: [ConfigurationFile]) throws(ConfigurationError) {
        let connectors = files.filter(\.isConnector)
        let workers = files.filter { !$0.isConnector }
        guard let connector = connectors.first else { throw Self.missingConnector(files) }
        var faults = connectors.dropFirst().map {
            ConfigurationFault(
                property: $0.path, reason: "is a second connector's file beside \(connector.path)")
        }
        faults += workers.dropFirst().map {
            ConfigurationFault(
                property: $0.path, reason: "is a second worker's file beside \(workers[0].path)")
        }
        if !faults.isEmpty { throw ConfigurationError(faults) }
        properties = connector.properties
        workerProperties = workers.first?.properties ?? [:]
        initialState = connector.initialState
    }
}

extension ConnectorConfiguration: CustomStringConvertible, CustomReflectable {
    /// The connector's name and the names of the properties.
    public var description: String {
        "\(properties["name"] ?? "connector") \(properties.keys.sorted())"
            + " worker \(workerProperties.keys.sorted())"
    }

    /// The names of the properties, so that a dump shows no secret.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "properties": properties.keys.sorted(),
                "workerProperties": workerProperties.keys.sorted(),
            ])
    }
}
