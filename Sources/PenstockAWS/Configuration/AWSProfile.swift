/// One profile of the shared files, with the sections that it may point to.
struct AWSProfile: Sendable {
    /// The profile's name.
    let name: String
    /// Its properties; `nil` where neither file has the profile.
    let properties: [String: String]?
    /// All that the files hold.
    let profiles: SharedProfiles

    /// Reads the files that the environment leads to.
    ///
    /// Missing files count as empty; a profile that was asked for by name has to exist.
    init(_ environment: AWSEnvironment, name: String? = nil) throws(AWSConfigurationError) {
        let locations = ProfileLocations(environment, profile: name)
        let config = try Self.read(locations.config, environment)
        let credentials = try Self.read(locations.credentials, environment)
        self.name = locations.profile
        do {
            profiles = try SharedProfiles(config: config, credentials: credentials)
        } catch {
            throw AWSConfigurationError(
                .unreadableFile,
                "A shared AWS file breaks the grammar in line \(error.line): \(error.reason) "
                    + "(read: \(locations.config ?? "none"), \(locations.credentials ?? "none")).")
        }
        properties = profiles.profiles[locations.profile]
        if properties == nil, name != nil || environment["AWS_PROFILE"] != nil {
            throw AWSConfigurationError(
                .unknownProfile,
                "There is no profile \"\(locations.profile)\" in \(locations.description).")
        }
    }

    /// A property's value; empty ones count as not set.
    subscript(_ property: String) -> String? {
        guard let value = properties?[property], !value.isEmpty else { return nil }
        return value
    }

    /// The endpoint that the profile's section of services gives a service.
    func endpoint(ofService service: String) -> String? {
        guard let section = self["services"],
            let value = profiles.services[section]?[service]
        else { return nil }
        return SharedProfiles.nested(value)["endpoint_url"]
    }

    private static func read(
        _ path: String?, _ environment: AWSEnvironment
    ) throws(AWSConfigurationError) -> String {
        guard let path else { return "" }
        do {
            return String(decoding: try environment.readFile(path) ?? [], as: UTF8.self)
        } catch {
            throw AWSConfigurationError(.unreadableFile, "\(path) cannot be read: \(error).")
        }
    }
}
