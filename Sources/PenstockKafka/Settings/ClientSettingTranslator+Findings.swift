import Penstock

extension ClientSettingTranslator {
    mutating func report(
        _ setting: LayeredSetting, _ outcome: SettingFinding.Outcome, _ level: LogLevel,
        _ explanation: String
    ) {
        result.findings.append(
            SettingFinding(
                property: setting.property, outcome: outcome, level: level,
                explanation: explanation))
    }

    mutating func reportWithoutEffect(_ setting: LayeredSetting) {
        guard setting.layer > .defaults else { return }
        report(setting, .withoutEffect, .debug, "it has nothing to act on here")
    }

    /// A setting of the library that this kind of client does not have.
    mutating func reportElsewhere(_ setting: LayeredSetting) {
        let owner = context.kind == .consumer ? "a producer" : "a consumer"
        report(
            setting, .withoutEffect, .warning, "it is a setting of \(owner); it has no effect here")
    }

    mutating func reportUnknown(_ setting: LayeredSetting) {
        let elsewhere = SettingRules.rules(for: setting.name)
        guard elsewhere.isEmpty else { return reportElsewhere(setting) }
        let known = SettingRules.all.filter { $0.clients.contains(context.kind) }.map(\.name)
        let nearest = nearestName(to: setting.name, among: known + library.names)
        report(
            setting, .unknown(nearest: nearest), .warning,
            "no Kafka client knows this setting; it has no effect"
                + (nearest.map { "; did you mean \($0)?" } ?? ""))
    }
}
