/// One row of the tables: what becomes of one of the Java clients' settings.
struct SettingRule: Sendable {
    /// How a setting is treated.
    enum Treatment: Sendable {
        /// Same name, same meaning.
        case same
        /// The same value under other names, integers brought into the library's range.
        case renamed([String])
        /// A value that depends on something, or goes elsewhere.
        case converted(@Sendable (String, SettingContext) -> Conversion)
        /// Known to the library since a version; an older one takes the Java default only.
        case since(LibraryVersion, standard: String)
        /// The same where the library knows the name; nothing is missed where it does not.
        case whereKnown
        /// Ours to honour, not the library's.
        case own
        /// Part of the login, which is translated as a whole.
        case login
        /// Nothing here corresponds to it, and nothing is missed.
        case withoutEffect
        /// It cannot be honoured.
        case refused(String)
    }

    /// What a conversion makes of a value.
    enum Conversion: Sendable {
        /// The library's settings.
        case settings([(name: String, value: String)])
        /// The library's settings, with a word of warning.
        case noted([(name: String, value: String)], warning: String)
        /// Nothing by itself: another setting's conversion looks at it.
        case used
        /// Nothing.
        case withoutEffect
        /// Nothing, although the value asks for something.
        case ignored(warning: String)
        /// It cannot be honoured, because.
        case refused(String)
    }

    var name: String
    var clients: ClientKinds
    /// What Java's clients take.
    var type: SettingType
    var treatment: Treatment
    /// What the setting does here, as one sentence.
    var documentation: String

    init(
        _ name: String, _ clients: ClientKinds, _ type: SettingType, _ treatment: Treatment,
        _ documentation: String
    ) {
        self.name = name
        self.clients = clients
        self.type = type
        self.treatment = treatment
        self.documentation = documentation
    }
}

/// What a conversion may look at beside its own value.
struct SettingContext: Sendable {
    var kind: ClientKind
    var library: LibraryProperties
    /// The setting that wins, by the library's canonical name.
    var effective: [String: LayeredSetting]
    /// What the settings of trust stores and key stores lead to.
    var stores = StoreFiles.system

    func setting(_ name: String) -> LayeredSetting? {
        effective[library.canonicalName(of: name)]
    }

    func value(_ name: String) -> String? { setting(name)?.value }

    /// The value that a user wrote; nil where it is a default of ours.
    func givenValue(_ name: String) -> String? {
        setting(name).flatMap { $0.layer > .defaults ? $0.value : nil }
    }

    /// Whether the connection is encrypted; without, `ssl.` settings have no meaning.
    var usesTLS: Bool { value("security.protocol")?.hasSuffix("ssl") ?? false }

    /// Whether the client logs in; without, `sasl.` settings have no meaning.
    var usesSASL: Bool { value("security.protocol")?.hasPrefix("sasl") ?? false }
}
