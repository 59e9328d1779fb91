import Penstock

extension ClientSettingSource {
    /// Translates the settings of every layer to the library's, with a finding for each setting
    /// that is not simply passed on.
    package func translated(
        for kind: ClientKind, library: LibraryProperties = .linked, stores: StoreFiles = .system
    ) -> TranslatedSettings {
        ClientSettingTranslator(source: self, kind: kind, library: library, stores: stores)
            .translated()
    }
}

/// The work of one translation.
struct ClientSettingTranslator {
    let source: ClientSettingSource
    let library: LibraryProperties
    var context: SettingContext
    var result = TranslatedSettings()
    /// The name under which a canonical name was given, so that an alias replaces it.
    private var given: [String: String] = [:]

    init(
        source: ClientSettingSource, kind: ClientKind, library: LibraryProperties,
        stores: StoreFiles
    ) {
        self.source = source
        self.library = library
        context = SettingContext(
            kind: kind, library: library, effective: [:], stores: stores)
    }

    func translated() -> TranslatedSettings {
        var work = self
        let settings = work.effectiveSettings()
        for setting in settings where !setting.isLogin { work.translate(setting) }
        work.translateLogin(settings.filter(\.isLogin))
        work.relateSettings()
        work.checkFeatures()
        work.result.findings.sort { $0.property < $1.property }
        return work.result
    }
}

extension LayeredSetting {
    /// Whether it is about SASL; those settings are translated together.
    var isLogin: Bool { name.contains("sasl.") }
}

// MARK: - Layers

extension ClientSettingTranslator {
    /// The settings that win, in the order in which they are applied: layer by layer, Java's names
    /// before the library's own, which are the more exact ones.
    private mutating func effectiveSettings() -> [LayeredSetting] {
        for setting in source.settings(for: context.kind, library: library) {
            if setting.layer == .connector, !isAllowed(setting) { continue }
            guard let setting = normalized(setting) else { continue }
            let name = library.canonicalName(of: setting.name)
            if let other = context.effective[name], other.layer > setting.layer { continue }
            context.effective[name] = setting
        }
        return context.effective.values.sorted { rank($0) < rank($1) }
    }

    private func rank(_ setting: LayeredSetting) -> (Int, Int, String) {
        let isJava = SettingRules.rule(for: setting.name, of: context.kind) != nil
        return (setting.layer.rawValue, isJava ? 0 : 1, setting.name)
    }

    private mutating func isAllowed(_ setting: LayeredSetting) -> Bool {
        if source.policy.allows(setting.name, allowlist: source.allowlist) { return true }
        // The library's own names of what Java puts into its login configuration.
        let names = ["sasl.mechanisms", "sasl.username", "sasl.password"]
        if source.policy == .principal, names.contains(setting.name) { return true }
        report(
            setting, .refused, .error,
            "connector.client.config.override.policy=\(source.policy.rawValue) of the worker "
                + "does not let a connector set it")
        return false
    }

    /// The setting with its value in one spelling; nil, and a finding, where Java's clients would
    /// refuse the value.
    private mutating func normalized(_ setting: LayeredSetting) -> LayeredSetting? {
        guard let rule = SettingRules.rule(for: setting.name, of: context.kind) else {
            return setting
        }
        var setting = setting
        do throws(WrongSettingValue) {
            setting.value = try rule.type.normalized(setting.value)
            return setting
        } catch {
            report(setting, .refused, .error, "it \(error.reason)")
            return nil
        }
    }
}

// MARK: - One setting

extension ClientSettingTranslator {
    mutating func translate(_ setting: LayeredSetting) {
        if let reason = ForbiddenSettings.reason(against: setting), setting.layer > .defaults {
            return report(setting, .refused, .error, reason)
        }
        if let rule = SettingRules.rule(for: setting.name, of: context.kind) {
            return apply(rule.treatment, to: setting)
        }
        guard library.knows(setting.name) else { return reportUnknown(setting) }
        guard library.knows(setting.name, for: context.kind) else {
            return reportElsewhere(setting)
        }
        give([(setting.name, setting.value)], for: setting)
    }

    private mutating func apply(
        _ treatment: SettingRule.Treatment, to setting: LayeredSetting
    ) {
        switch treatment {
        case .same: giveInRange([setting.name], for: setting)
        case .renamed(let names): giveInRange(names, for: setting)
        case .converted(let convert): apply(convert(setting.value, context), to: setting)
        case .since(let version, let standard): apply(version, standard, to: setting)
        case .whereKnown where library.knows(setting.name):
            giveInRange([setting.name], for: setting)
        case .own: result.maximumPollRecords = Int(setting.value) ?? result.maximumPollRecords
        case .withoutEffect, .whereKnown, .login: reportWithoutEffect(setting)
        case .refused(let reason): report(setting, .refused, .error, reason)
        }
        if setting.name == "metadata.max.age.ms", let age = Int(setting.value) {
            result.metadataMaximumAge = .milliseconds(age)
        }
        if setting.name == "max.poll.records" { note(setting, as: setting.name) }
    }

    private mutating func apply(
        _ conversion: SettingRule.Conversion, to setting: LayeredSetting
    ) {
        switch conversion {
        case .settings(let settings): give(settings, for: setting)
        case .noted(let settings, let warning):
            give(settings, for: setting, level: .warning, explanation: warning)
        case .used: break
        case .withoutEffect: reportWithoutEffect(setting)
        case .ignored(let warning): report(setting, .withoutEffect, .warning, warning)
        case .refused(let reason): report(setting, .refused, .error, reason)
        }
    }

    private mutating func apply(
        _ version: LibraryVersion, _ standard: String, to setting: LayeredSetting
    ) {
        if library.knows(setting.name) { return giveInRange([setting.name], for: setting) }
        guard setting.value.lowercased() != standard else { return }
        report(
            setting, .refused, .error,
            "librdkafka knows it since version \(version), this is version \(library.version): "
                + "use a newer librdkafka or leave it out")
    }

    /// Gives a value under other names, a number within what the library takes.
    private mutating func giveInRange(_ names: [String], for setting: LayeredSetting) {
        let settings = names.map { (name: $0, value: clamped(setting, to: $0)) }
        guard let first = settings.first, first.value != setting.value else {
            return give(settings, for: setting)
        }
        give(
            settings, for: setting, level: .info,
            explanation: "librdkafka takes \(first.value) in its place")
    }

    private func clamped(_ setting: LayeredSetting, to name: String) -> String {
        Int(setting.value).map { "\(library.clamp($0, for: name))" } ?? setting.value
    }

    /// Puts settings into the result, in the place of aliases of theirs.
    mutating func give(
        _ settings: [(name: String, value: String)], for setting: LayeredSetting,
        level: LogLevel = .debug, explanation: String? = nil
    ) {
        for (name, value) in settings {
            let canonical = library.canonicalName(of: name)
            if let other = given[canonical], other != name { result.library[other] = nil }
            given[canonical] = name
            result.library[name] = value
            note(setting, as: name)
        }
        let names = settings.map(\.name)
        guard setting.layer > .defaults, names != [setting.name] || explanation != nil else {
            return
        }
        report(
            setting, .translated(to: names), level,
            explanation ?? "it reaches librdkafka as \(names.joined(separator: ", "))")
    }

    /// Remembers which of the user's properties a setting of the library comes from.
    func origin(of setting: LayeredSetting?) -> String? {
        setting.flatMap { $0.layer > .defaults ? $0.property : nil }
    }

    private mutating func note(_ setting: LayeredSetting, as name: String) {
        result.origins[name] = origin(of: setting)
    }
}
