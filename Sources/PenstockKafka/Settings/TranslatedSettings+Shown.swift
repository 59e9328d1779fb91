import Penstock

extension TranslatedSettings {
    /// Every setting that the client gets, by name, secrets hidden.
    package func shown(for kind: ClientKind) -> [ShownSetting] {
        var settings = library.map { name, value in
            ShownSetting(
                name: name, value: Self.shown(value, of: name), origin: origins[name])
        }
        if kind == .consumer {
            let name = "max.poll.records"
            settings.append(
                ShownSetting(
                    name: name, value: "\(maximumPollRecords)", origin: origins[name]))
        }
        return settings.sorted { $0.name < $1.name }
    }

    private static func shown(_ value: String, of name: String) -> String {
        if isSecret(name) { return Secret.placeholder }
        return value.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control
                ? scalar.escaped(asASCII: true) : String(scalar)
        }.joined()
    }

    /// Whether a setting's value may be a secret: Java's passwords, and what librdkafka has of that
    /// kind.
    ///
    /// PEM text is hidden as a whole, since a key often stands beside a certificate.
    static func isSecret(_ name: String) -> Bool {
        if SettingRules.rules(for: name).contains(where: { $0.type == .secret }) { return true }
        let parts = [
            "password", "passphrase", "secret", ".pem", "jaas", "sasl.oauthbearer.config", "token",
        ]
        return name != "sasl.oauthbearer.token.endpoint.url" && parts.contains { name.contains($0) }
    }
}
