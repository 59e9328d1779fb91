extension TranslatedSettings {
    /// The same for one of a connector's tasks: the client's id ends with the task's number, unless
    /// the user chose an id.
    package func numbered(_ task: Int) -> TranslatedSettings {
        var settings = self
        if let name = library["client.id"], origins["client.id"] == nil {
            settings.library["client.id"] = "\(name)-\(task)"
        }
        return settings
    }
}
