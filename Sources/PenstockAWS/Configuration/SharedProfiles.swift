/// The profiles of the configuration and the credentials file, put together.
struct SharedProfiles: Sendable {
    /// Properties by profile; names of properties in lower case.
    var profiles: [String: [String: String]] = [:]
    /// Properties by session for single sign-on.
    var ssoSessions: [String: [String: String]] = [:]
    /// Properties by section of service settings; nested ones are lines within a value.
    var services: [String: [String: String]] = [:]

    /// No profiles.
    init() {}

    /// Puts two texts together: the credentials file wins property by property.
    init(config: String, credentials: String) throws(ProfileFileError) {
        let sections = try ProfileFileParser.parse(config, of: .config)
        let hasExplicitDefault = sections.keys.contains {
            $0.kind == .profile && $0.name == "default"
        }
        for (section, properties) in sections {
            switch section.kind {
            case .profile: profiles[section.name] = properties
            case .plainDefault:
                if !hasExplicitDefault { profiles[section.name] = properties }
            case .ssoSession: ssoSessions[section.name] = properties
            case .services: services[section.name] = properties
            }
        }
        for (section, properties) in try ProfileFileParser.parse(credentials, of: .credentials) {
            profiles[section.name, default: [:]].merge(properties) { _, new in new }
        }
    }

    /// The properties that stand indented under a property.
    static func nested(_ value: String) -> [String: String] {
        var properties: [String: String] = [:]
        for line in value.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
                .map { $0.split(separator: " ").joined(separator: " ") }
            if parts.count == 2 { properties[parts[0].lowercased()] = parts[1] }
        }
        return properties
    }
}
