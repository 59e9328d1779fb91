import Penstock

/// A connector's configuration in JSON: the request of Connect's API, or the map of properties alone.
struct ConnectorDocument {
    var properties: [String: String] = [:]
    var initialState: ConnectorConfiguration.InitialState?

    /// Reads the text of an object.
    /// - Throws: Every fault together; each names the file and the property.
    init(path: String, json: [UInt8]) throws(ConfigurationError) {
        let value: Value
        do {
            value = try Value(json: json)
        } catch {
            let line = json.prefix(error.offset).count { $0 == UInt8(ascii: "\n") } + 1
            throw ConfigurationError("\(path):\(line)", "is not JSON: \(error.code)")
        }
        var faults: [ConfigurationFault] = []
        if let config = value["config"], config.kind == .map {
            properties = Self.properties(config, path, &faults)
            readRequest(value, path, &faults)
        } else {
            properties = Self.properties(value, path, &faults)
        }
        if !faults.isEmpty { throw ConfigurationError(faults) }
    }

    /// The name stands beside the properties; among them it may stand once more.
    private mutating func readRequest(
        _ request: Value, _ path: String, _ faults: inout [ConfigurationFault]
    ) {
        let name = request["name"]?.string
        if let inner = properties["name"], inner != name {
            faults.append(
                ConfigurationFault(
                    property: "\(path): name", reason: "differs from the name within config"))
        }
        if let name { properties["name"] = name }
        guard let state = request["initial_state"], !state.isNull else { return }
        initialState = state.string.flatMap { .init(rawValue: $0.uppercased()) }
        if initialState == nil {
            faults.append(
                ConfigurationFault(
                    property: "\(path): initial_state",
                    reason: "must be one of RUNNING, PAUSED, STOPPED"))
        }
    }

    private static func properties(
        _ map: Value, _ path: String, _ faults: inout [ConfigurationFault]
    ) -> [String: String] {
        var properties: [String: String] = [:]
        for (key, value) in map.pairs where !value.isNull {
            let name = key.string ?? ""
            let text = value.string ?? value.number ?? value.boolean?.description
            properties[name] = text
            if text == nil {
                faults.append(
                    ConfigurationFault(
                        property: "\(path): \(name)",
                        reason: "must be text, a number or a boolean"))
            }
        }
        return properties
    }
}
