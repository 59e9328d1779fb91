import Penstock

/// What becomes of the settings about logging in.
struct LoginTranslation {
    /// A setting for the library, and the user's setting that it comes from.
    struct Output {
        let name: String
        let value: String
        let origin: LayeredSetting
    }

    var outputs: [Output] = []
    var findings: [SettingFinding] = []
    var tokenSource: TokenSource?
    /// The settings that were looked at, by the library's canonical name.
    var used: Set<String> = []

    mutating func give(_ name: String, _ value: String, from origin: LayeredSetting) {
        outputs.append(Output(name: name, value: value, origin: origin))
    }

    mutating func refuse(_ setting: LayeredSetting, _ explanation: String) {
        report(setting, .refused, .error, explanation)
    }

    mutating func warn(_ setting: LayeredSetting, _ explanation: String) {
        report(setting, .withoutEffect, .warning, explanation)
    }

    mutating func report(
        _ setting: LayeredSetting, _ outcome: SettingFinding.Outcome, _ level: LogLevel,
        _ explanation: String
    ) {
        findings.append(
            SettingFinding(
                property: setting.property, outcome: outcome, level: level,
                explanation: explanation))
    }
}
