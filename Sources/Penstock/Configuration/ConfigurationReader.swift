/// Reads typed configurations from properties and collects every fault on the way.
///
/// Several readers of one file (the framework, a connector, its converters) read one after the
/// other; what none of them knows is unknown.
///
/// ```swift
/// var reader = ConfigurationReader(properties)
/// let common = reader.read(ConnectorOptions.self)
/// let sink = reader.read(DynamoDBSink.self)
/// try reader.throwFaults()
/// ```
public struct ConfigurationReader: Sendable {
    /// The properties as given.
    ///
    /// References such as `${env:NAME}` stand in them verbatim.
    public let properties: [String: String]
    /// What was wrong so far, in the order of reading.
    public private(set) var faults: [ConfigurationFault] = []

    private var knownNames: Set<String> = []
    private var knownPrefixes: Set<String> = []

    /// Reads from `properties`.
    public init(_ properties: [String: String]) { self.properties = properties }

    /// Reads one typed configuration; what is wrong keeps its default and becomes a fault.
    public mutating func read<C: Configurable>(_: C.Type = C.self) -> C {
        var result = C()
        var found: [ConfigurationFault] = []
        for option in C.options {
            read(option, into: &result, &found)
        }
        add(found, between: result.faultsBetweenOptions())
        return result
    }

    /// Checks a configuration made in Swift as if it had been read.
    public mutating func check<C: Configurable>(_ value: C) {
        let found = C.options.compactMap { option in
            option.check(value).map { reason in
                ConfigurationFault(
                    property: option.name, value: option.text(value).map(option.shown),
                    reason: reason)
            }
        }
        add(found, between: value.faultsBetweenOptions())
    }

    /// Looks up the class that a property names.
    ///
    /// - Parameters:
    ///   - property: The property.
    ///   - table: The classes that there are.
    /// - Returns: What the class stands for; nil, and a fault, where the property is missing or names
    ///   none of the table.
    public mutating func element<Element>(
        named property: String, of table: ClassTable<Element>
    ) -> Element? {
        know([property])
        guard let name = properties[property] else {
            add(ConfigurationFault(property: property, reason: "is missing"))
            return nil
        }
        if let element = table[PropertyText.trim(name)] { return element }
        let reason = "must be one of \(table.names.joined(separator: ", "))"
        add(ConfigurationFault(property: property, value: name, reason: reason))
        return nil
    }

    /// Adds a fault that no option shows; the same fault counts once.
    public mutating func add(_ fault: ConfigurationFault) {
        if !faults.contains(fault) { faults.append(fault) }
    }

    /// Takes names as known that some other part reads.
    public mutating func know(_ names: some Sequence<String>) { knownNames.formUnion(names) }

    /// Takes names as known that some other part reads by their prefix.
    public mutating func know(prefix: String) { knownPrefixes.insert(prefix) }

    /// The properties that nothing has read, by name, each with the nearest known one.
    public var unknownProperties: [UnknownProperty] {
        properties.keys.filter { !isKnown($0) }.sorted().map {
            UnknownProperty(name: $0, nearest: nearestName(to: $0, among: knownNames))
        }
    }

    /// Ends the reading.
    /// - Throws: Every fault together, if there is one.
    public func throwFaults() throws(ConfigurationError) {
        if !faults.isEmpty { throw ConfigurationError(faults) }
    }

    private mutating func read<C: Configurable>(
        _ option: ConfigurationOption<C>, into result: inout C,
        _ found: inout [ConfigurationFault]
    ) {
        guard option.kind != .prefix else {
            know(prefix: option.name)
            return option.readPrefixed(&result, settings(of: option.name))
        }
        know([option.name])
        guard let text = properties[option.name] else {
            guard option.isRequired else { return }
            return found.append(ConfigurationFault(property: option.name, reason: "is missing"))
        }
        guard let reason = option.read(&result, PropertyText.trim(text)) else { return }
        found.append(
            ConfigurationFault(property: option.name, value: option.shown(text), reason: reason))
    }

    private func settings(of prefix: String) -> [String: String] {
        var settings: [String: String] = [:]
        for (name, value) in properties where name.hasPrefix(prefix) {
            settings[String(name.dropFirst(prefix.count))] = value
        }
        return settings
    }

    private func isKnown(_ name: String) -> Bool {
        knownNames.contains(name) || knownPrefixes.contains { name.hasPrefix($0) }
    }

    private mutating func add(
        _ found: [ConfigurationFault], between: [ConfigurationFault]
    ) {
        let named = Set(found.map(\.property))
        for fault in found + between.filter({ !named.contains($0.property) }) { add(fault) }
    }
}

extension ConfigurationReader: CustomStringConvertible, CustomReflectable {
    /// The names of the properties; their values may be secrets.
    public var description: String { "properties \(properties.keys.sorted())" }

    /// The names and the faults, so that a dump shows no secret.
    public var customMirror: Mirror {
        Mirror(self, children: ["properties": properties.keys.sorted(), "faults": faults])
    }
}
