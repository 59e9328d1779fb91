import Penstock

extension ClientSettingTranslator {
    private static let triggers: Set<String> = [
        "sasl.jaas.config", "sasl.mechanism", "sasl.mechanisms", "sasl.username", "sasl.password",
        "sasl.client.callback.handler.class", "sasl.login.callback.handler.class",
        "sasl.login.class",
    ]

    /// Translates what a client logs in with: the settings that win, of those that are about SASL.
    ///
    /// One refusal for everything that asks for a login, which would fail in parts otherwise.
    mutating func translateLogin(_ settings: [LayeredSetting]) {
        let asksBySASL = context.setting("security.protocol").flatMap {
            $0.value.hasPrefix("sasl") ? $0 : nil
        }
        let reasons =
            settings.filter { Self.triggers.contains($0.name) } + (asksBySASL.map { [$0] } ?? [])
        guard let first = reasons.first else {
            return settings.forEach { reportWithoutEffect($0) }
        }
        let others = reasons.dropFirst().map(\.property)
        report(
            first, .refused, .error,
            "logging in to Kafka by SASL is not supported yet"
                + (others.isEmpty ? "" : " (asked for by \(others.joined(separator: ", ")) too)"))
    }
}
