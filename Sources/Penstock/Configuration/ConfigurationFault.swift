/// One thing that is wrong with a configuration.
public struct ConfigurationFault: Sendable, Hashable {
    /// The property's name, or the file's where the whole file is at fault.
    public var property: String
    /// The value as given; nil where there is none, the placeholder where it is a secret.
    public var value: String?
    /// What is allowed or missing, as it reads after the property: "must be one of none, all".
    public var reason: String

    /// Names a fault.
    ///
    /// `value` and `reason` must show no secret.
    public init(property: String, value: String? = nil, reason: String) {
        self.property = property
        self.value = value
        self.reason = reason
    }
}

extension ConfigurationFault: CustomStringConvertible {
    /// `tasks.max "0" must be a whole number of at least 1`.
    public var description: String {
        guard let value else { return "\(property) \(reason)" }
        return "\(property) \(value.debugDescription) \(reason)"
    }
}
