extension AWSSettings {
    /// A value with the place where it was found.
    struct Setting {
        let value: String
        /// The variable, or the profile's property, for messages.
        let place: String

        func isNot(_ expected: String) -> AWSConfigurationError {
            AWSConfigurationError(.invalidSetting, "\(place) is not \(expected).")
        }

        /// True or false; anything else is an error, for it would be taken for the opposite of what
        /// was meant.
        func flag() throws(AWSConfigurationError) -> Bool {
            switch value.lowercased() {
            case "true": return true
            case "false": return false
            default: throw isNot("true or false")
            }
        }
    }

    /// The value of a variable or else of the profile's property.
    func setting(_ variable: String, _ property: String) -> Setting? {
        if let value = environment[variable] { return Setting(value: value, place: variable) }
        return profile[property].map {
            Setting(value: $0, place: "\(property) of the profile \"\(profile.name)\"")
        }
    }

    /// A setting that is true or false.
    func flag(_ variable: String, _ property: String) throws(AWSConfigurationError) -> Bool? {
        try setting(variable, property)?.flag()
    }
}
