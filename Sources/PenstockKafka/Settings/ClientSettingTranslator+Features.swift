import Penstock

/// What a librdkafka lacks, by its version or by how it was built.
extension ClientSettingTranslator {
    /// The first version whose SCRAM brokers of Kafka 3.8.1 and later understand.
    static let firstVersionOfRightSCRAM = LibraryVersion(2, 6, 1)

    /// Finds out what the settings ask for and the library cannot do.
    mutating func checkFeatures() {
        checkEncryption()
        if context.usesSASL { checkMechanism() }
        if context.kind == .producer { checkCompression() }
    }

    private mutating func checkEncryption() {
        guard let setting = context.setting("security.protocol") else { return }
        if context.usesTLS { require("ssl", for: setting) }
        if context.usesSASL { require("sasl", for: setting) }
    }

    private mutating func checkCompression() {
        guard let setting = context.setting("compression.type"), setting.value != "none" else {
            return
        }
        require(setting.value, for: setting)
    }

    private mutating func checkMechanism() {
        guard let setting = context.setting("sasl.mechanism") else {
            // Java's default, and the library's.
            if let setting = context.setting("security.protocol") {
                require("sasl_gssapi", for: setting)
            }
            return
        }
        switch setting.value.uppercased() {
        case "GSSAPI": require("sasl_gssapi", for: setting)
        case "PLAIN": require("sasl_plain", for: setting)
        case "OAUTHBEARER", "AWS_MSK_IAM": require("sasl_oauthbearer", for: setting)
        case let name where name.hasPrefix("SCRAM"):
            require("sasl_scram", for: setting)
            warnOfOldSCRAM(setting)
        default: break
        }
    }

    /// The broker's version shows only when the login fails, so this is no error yet.
    private mutating func warnOfOldSCRAM(_ setting: LayeredSetting) {
        guard library.version < Self.firstVersionOfRightSCRAM else { return }
        report(
            setting, .translated(to: [setting.name]), .warning,
            "the SCRAM of librdkafka \(library.version) fails against brokers of Kafka 3.8.1 and "
                + "later: use librdkafka \(Self.firstVersionOfRightSCRAM) or later there")
    }

    private mutating func require(_ feature: String, for setting: LayeredSetting) {
        guard !library.has(feature) else { return }
        report(
            setting, .refused, .error,
            "librdkafka \(library.version) was built without \(feature) here: "
                + "use a build whose builtin.features names it")
    }
}
