import Penstock

/// Translates the settings about logging in, all together: none of them means much alone.
struct LoginTranslator {
    let context: SettingContext
    /// Whether the program brings a provider of tokens.
    let suppliesTokens: Bool
    var result = LoginTranslation()

    init(_ context: SettingContext, suppliesTokens: Bool) {
        self.context = context
        self.suppliesTokens = suppliesTokens
    }

    /// The translation; empty where nobody asks for a login.
    static func translation(
        of context: SettingContext, suppliesTokens: Bool
    ) -> LoginTranslation {
        var translator = LoginTranslator(context, suppliesTokens: suppliesTokens)
        translator.translate()
        return translator.result
    }

    private mutating func translate() {
        guard context.usesSASL else { return explainIdleLogin() }
        guard let mechanism = mechanism() else { return }
        guard let entry = entry(for: mechanism) else { return }
        switch mechanism {
        case .plain, .scram256, .scram512: translatePassword(mechanism, entry)
        case .kerberos: translateKerberos(entry)
        case .msk: translateMSK(entry)
        case .oauthBearer: translateOAuth(entry)
        }
    }

    /// Settings of a login without one: what nearly always is a forgotten `security.protocol`.
    private mutating func explainIdleLogin() {
        for name in ["sasl.jaas.config", "sasl.mechanism", "sasl.username"] {
            guard let setting = setting(name), setting.layer > .defaults else { continue }
            let current = context.value("security.protocol") ?? "PLAINTEXT"
            return result.warn(
                setting,
                "security.protocol is \(current), so nobody logs in; "
                    + "SASL_SSL or SASL_PLAINTEXT was probably meant")
        }
    }

    private mutating func mechanism() -> LoginMechanism? {
        guard let setting = setting("sasl.mechanism") else { return .kerberos }
        if let mechanism = LoginMechanism(rawValue: setting.value.uppercased()) {
            if mechanism != .msk {
                result.give("sasl.mechanisms", mechanism.rawValue, from: setting)
            }
            return mechanism
        }
        let known = LoginMechanism.allCases.map(\.rawValue).joined(separator: ", ")
        result.refuse(setting, "the mechanisms are \(known)")
        return nil
    }

    /// The parsed login module with where it stands; an entry without a module where none is set,
    /// nil where it is wrong.
    private mutating func entry(for mechanism: LoginMechanism) -> LoginEntry? {
        guard let setting = setting("sasl.jaas.config"), !setting.value.isEmpty else {
            return LoginEntry(setting: nil, options: [:])
        }
        let jaas: JAASConfiguration
        do throws(JAASError) { jaas = try JAASConfiguration(parsing: setting.value) } catch {
            result.refuse(setting, "it cannot be read: \(error)")
            return nil
        }
        guard let module = LoginModule(className: jaas.module) else {
            result.refuse(
                setting, "its login module is not known; there are \(LoginModule.knownNames)")
            return nil
        }
        guard module == mechanism.module else {
            result.refuse(
                setting,
                "its login module does not belong to sasl.mechanism=\(mechanism.rawValue), "
                    + "which wants \(mechanism.module.classNames[0])")
            return nil
        }
        return LoginEntry(setting: setting, options: jaas.options)
    }

    /// The setting of a name, which counts as looked at from then on.
    mutating func setting(_ name: String) -> LayeredSetting? {
        result.used.insert(context.library.canonicalName(of: name))
        return context.setting(name)
    }
}

/// The options of a login module, and the setting that holds them.
struct LoginEntry {
    let setting: LayeredSetting?
    let options: [String: String]

    /// An option's value; empty ones count as not set.
    subscript(_ name: String) -> String? {
        guard let value = options[name], !value.isEmpty else { return nil }
        return value
    }
}
