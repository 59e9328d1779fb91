/// Where the two files lie, and which profile is meant.
struct ProfileLocations: Hashable {
    /// The configuration file's path; `nil` where no variable leads to one.
    var config: String?
    /// The credentials file's path; `nil` where no variable leads to one.
    var credentials: String?
    /// The profile's name.
    var profile: String

    /// Where they lie, or why there is no telling, for messages.
    var description: String {
        let none = "no other file, since HOME is not set"
        guard config != nil || credentials != nil else { return "any file: HOME is not set" }
        return "\(config ?? none) or \(credentials ?? none)"
    }

    /// Reads the variables; a profile named in code goes first.
    init(_ environment: AWSEnvironment, profile: String? = nil) {
        let home = environment["HOME"]
        func path(_ variable: String, _ name: String) -> String? {
            guard let path = environment[variable] else { return home.map { "\($0)/.aws/\(name)" } }
            guard path.hasPrefix("~/"), let home else { return path }
            return home + path.dropFirst()
        }
        config = path("AWS_CONFIG_FILE", "config")
        credentials = path("AWS_SHARED_CREDENTIALS_FILE", "credentials")
        self.profile = profile ?? environment["AWS_PROFILE"] ?? "default"
    }
}
