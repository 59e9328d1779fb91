import Penstock

extension ClientSettingSource {
    /// Translates the settings of every layer to the library's, with a finding for each setting
    /// that is not simply passed on.
    package func translated(
        for kind: ClientKind, library: LibraryProperties = .linked
    ) -> TranslatedSettings {
        ClientSettingTranslator(source: self, kind: kind, library: library).translated()
    }
}

/// The work of one translation.
struct ClientSettingTranslator {
    let source: ClientSettingSource
    let library: LibraryProperties
    private var context: SettingContext
    private var result = TranslatedSettings()
    /// The name under which a canonical name was given, so that an alias replaces it.
    private var given: [String: String] = [:]

    init(source: ClientSettingSource, kind: ClientKind, library: LibraryProperties) {
        self.source = source
        self.library = library
        context = SettingContext(kind: kind, library: library, effective: [:])
    }

    func translated() -> TranslatedSettings {
        var work = self
        let settings = work.effectiveSettings()
        for setting in settings where !setting.name.contains("sasl.") { work.translate(setting) }
        work.refuseSASL(settings.filter { $0.name.contains("sasl.") })
        work.adaptDefaults()
        work.result.findings.sort { $0.property < $1.property }
        return work.result
    }
}

// MARK: - Layers

extension ClientSettingTranslator {
    /// The settings that win, in the order in which they are applied: layer by layer, Java's names
    /// before the library's own, which are the more exact ones.
    private mutating func effectiveSettings() -> [LayeredSetting] {
        for setting in source.settings(for: context.kind, library: library) {
            if setting.layer == .connector, !isAllowed(setting) { continue }
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
        report(
            setting, .refused, .error,
            "connector.client.config.override.policy=\(source.policy.rawValue) of the worker "
                + "does not let a connector set it")
        return false
    }
}

// MARK: - One setting

extension ClientSettingTranslator {
    private mutating func translate(_ setting: LayeredSetting) {
        if let reason = ForbiddenSettings.reason(against: setting), setting.layer > .defaults {
            return report(setting, .refused, .error, reason)
        }
        if let rule = SettingRules.rule(for: setting.name, of: context.kind) {
            return apply(rule.treatment, to: setting)
        }
        guard library.knows(setting.name) else { return reportUnknown(setting) }
        give([(setting.name, setting.value)], for: setting)
    }

    private mutating func apply(
        _ treatment: SettingRule.Treatment, to setting: LayeredSetting
    ) {
        switch treatment {
        case .same: give([(setting.name, setting.value)], for: setting)
        case .renamed(let names): give(names.map { ($0, clamped(setting, to: $0)) }, for: setting)
        case .converted(let convert): apply(convert(setting.value, context), to: setting)
        case .since(let version, let standard): apply(version, standard, to: setting)
        case .own: takeOver(setting)
        case .withoutEffect: reportWithoutEffect(setting)
        case .refused(let reason): report(setting, .refused, .error, reason)
        }
        if setting.name == "metadata.max.age.ms", let age = Int(setting.value) {
            result.metadataMaximumAge = .milliseconds(age)
        }
    }

    private mutating func apply(
        _ conversion: SettingRule.Conversion, to setting: LayeredSetting
    ) {
        switch conversion {
        case .settings(let settings): give(settings, for: setting)
        case .noted(let settings, let warning):
            give(settings, for: setting, level: .warning, explanation: warning)
        case .withoutEffect: reportWithoutEffect(setting)
        case .ignored(let warning): report(setting, .withoutEffect, .warning, warning)
        case .refused(let reason): report(setting, .refused, .error, reason)
        }
    }

    private mutating func apply(
        _ version: LibraryVersion, _ standard: String, to setting: LayeredSetting
    ) {
        if library.knows(setting.name) {
            return give([(setting.name, setting.value)], for: setting)
        }
        guard setting.value.lowercased() != standard else { return }
        report(
            setting, .refused, .error,
            "librdkafka knows it since version \(version); this is version \(library.version)")
    }

    private func clamped(_ setting: LayeredSetting, to name: String) -> String {
        Int(setting.value).map { "\(library.clamp($0, for: name))" } ?? setting.value
    }

    private mutating func takeOver(_ setting: LayeredSetting) {
        guard let records = Int(setting.value), records > 0 else {
            return report(setting, .refused, .error, "it must be a positive number")
        }
        result.maximumPollRecords = records
    }

    /// Puts settings into the result, in the place of aliases of theirs.
    private mutating func give(
        _ settings: [(name: String, value: String)], for setting: LayeredSetting,
        level: LogLevel = .debug, explanation: String? = nil
    ) {
        for (name, value) in settings {
            let canonical = library.canonicalName(of: name)
            if let other = given[canonical], other != name { result.library[other] = nil }
            given[canonical] = name
            result.library[name] = value
            result.origins[name] = setting.property
        }
        let names = settings.map(\.name)
        let isPassedOn =
            names == [setting.name] && settings[0].value.lowercased() == setting.value.lowercased()
        guard setting.layer > .defaults, !isPassedOn || explanation != nil else { return }
        report(
            setting, .translated(to: names), level,
            explanation ?? "it reaches the library as \(names.joined(separator: ", "))")
    }
}

// MARK: - Across settings

extension ClientSettingTranslator {
    private static let saslTriggers: Set<String> = [
        "sasl.jaas.config", "sasl.mechanism", "sasl.mechanisms", "sasl.username", "sasl.password",
        "sasl.client.callback.handler.class", "sasl.login.callback.handler.class",
        "sasl.login.class",
    ]

    /// One refusal for everything that asks for a login, which would fail in parts otherwise.
    private mutating func refuseSASL(_ settings: [LayeredSetting]) {
        let asksBySASL = context.setting("security.protocol").flatMap {
            $0.value.lowercased().hasPrefix("sasl") ? $0 : nil
        }
        let reasons =
            settings.filter { Self.saslTriggers.contains($0.name) }
            + (asksBySASL.map { [$0] } ?? [])
        guard let first = reasons.first else {
            return settings.forEach { reportWithoutEffect($0) }
        }
        let others = reasons.dropFirst().map(\.property)
        report(
            first, .refused, .error,
            "logging in to Kafka by SASL is not supported yet"
                + (others.isEmpty ? "" : " (asked for by \(others.joined(separator: ", ")) too)"))
    }

    /// Takes back defaults of ours that what the user asked for excludes.
    private mutating func adaptDefaults() {
        if context.value("group.protocol") == "consumer" {
            // The broker assigns; naming an assignor is an error there.
            drop("partition.assignment.strategy")
        }
        if context.value("transactional.id") != nil { drop("delivery.timeout.ms") }
        let acks = context.value("acks") ?? "all"
        if context.kind == .producer, !["all", "-1"].contains(acks.lowercased()) {
            if context.setting("enable.idempotence")?.layer == .defaults {
                result.library["enable.idempotence"] = "false"
            }
        }
        if result.library["enable.idempotence"] == "false",
            context.value("max.in.flight.requests.per.connection") == nil
        {
            // Without idempotence a retry may overtake the request behind it.
            result.library["max.in.flight.requests.per.connection"] = "1"
        }
        if context.kind == .consumer { fitSessionTimeout() }
        if context.usesTLS, context.value("ssl.endpoint.identification.algorithm") == nil {
            result.library["ssl.endpoint.identification.algorithm"] = "https"
        }
    }

    /// The library wants a member that polls in time to be one that is alive in time, other than
    /// Java's: the one of both that the user left alone gives way.
    private mutating func fitSessionTimeout() {
        let (poll, session) = ("max.poll.interval.ms", "session.timeout.ms")
        let pollTime = context.value(poll).flatMap { Int($0) }
        let sessionTime = context.value(session).flatMap { Int($0) }
        if let pollTime, sessionTime == nil, pollTime < 45_000 {
            result.library[session] = "\(pollTime)"
            result.origins[session] = context.setting(poll)?.property
        } else if let sessionTime, pollTime == nil, sessionTime > 300_000 {
            result.library[poll] = "\(sessionTime)"
            result.origins[poll] = context.setting(session)?.property
        }
    }

    private mutating func drop(_ name: String) {
        guard context.setting(name)?.layer == .defaults else { return }
        result.library[name] = nil
    }
}

// MARK: - Findings

extension ClientSettingTranslator {
    private mutating func report(
        _ setting: LayeredSetting, _ outcome: SettingFinding.Outcome, _ level: LogLevel,
        _ explanation: String
    ) {
        result.findings.append(
            SettingFinding(
                property: setting.property, outcome: outcome, level: level,
                explanation: explanation))
    }

    private mutating func reportWithoutEffect(_ setting: LayeredSetting) {
        guard setting.layer > .defaults else { return }
        report(setting, .withoutEffect, .debug, "it has nothing to act on here")
    }

    private mutating func reportUnknown(_ setting: LayeredSetting) {
        let known = SettingRules.all.filter { $0.clients.contains(context.kind) }.map(\.name)
        let nearest = nearestName(to: setting.name, among: known + library.names)
        report(
            setting, .unknown(nearest: nearest), .warning,
            "no Kafka client knows this setting; it has no effect"
                + (nearest.map { "; did you mean \($0)?" } ?? ""))
    }
}
