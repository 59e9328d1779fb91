extension AWSSettings {
    /// A value with the place where it was found.
    struct Setting {
        let value: String
        /// The variable, or the profile's property, for messages.
        let place: String

        func isNot(_ expected: String) -> AWSConfigurationError {
            AWSConfigurationError(.invalidSetting, "\(place) is not \(expected).")
        }
    }

    /// The value of a variable or else of the profile's property.
    func setting(_ variable: String, _ property: String) -> Setting? {
        if let value = environment[variable] { return Setting(value: value, place: variable) }
        return profile[property].map {
            Setting(value: $0, place: "\(property) of the profile \"\(profile.name)\"")
        }
    }

    /// A setting that is true or false; anything else is an error, for it would be taken for the
    /// opposite of what was meant.
    func flag(_ variable: String, _ property: String) throws(AWSConfigurationError) -> Bool? {
        guard let setting = setting(variable, property) else { return nil }
        switch setting.value.lowercased() {
        case "true": return true
        case "false": return false
        default: throw setting.isNot("true or false")
        }
    }
}
