/// Everything that is wrong with a configuration, together.
public struct ConfigurationError: Error, Sendable, Hashable {
    /// The faults, in the order in which the options are defined; never empty.
    public let faults: [ConfigurationFault]

    /// Trying again cannot help.
    public var kind: ErrorKind { .fatal }

    /// Collects faults; there must be one.
    public init(_ faults: [ConfigurationFault]) {
        precondition(!faults.isEmpty, "an error needs a fault")
        self.faults = faults
    }

    /// An error of one fault.
    public init(_ property: String, value: String? = nil, _ reason: String) {
        faults = [ConfigurationFault(property: property, value: value, reason: reason)]
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// One fault a line.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
