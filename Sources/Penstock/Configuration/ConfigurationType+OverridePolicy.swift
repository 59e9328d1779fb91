extension ConfigurationType where Value == ClientOverridePolicy {
    /// A policy by its short name or by Connect's class.
    static var overridePolicy: Self {
        let names = Value.allCases.map(\.rawValue)
        return Self(
            kind: .string, allowed: "one of " + names.joined(separator: ", "),
            parse: { text in
                let package = "org.apache.kafka.connect.connector.policy."
                let name = text.hasPrefix(package) ? text.dropFirst(package.count) : text[...]
                let ending = "ConnectorClientConfigOverridePolicy"
                return Value(
                    rawValue: String(name.hasSuffix(ending) ? name.dropLast(ending.count) : name))
            },
            accepts: { _ in true }, text: { $0.rawValue })
    }
}
