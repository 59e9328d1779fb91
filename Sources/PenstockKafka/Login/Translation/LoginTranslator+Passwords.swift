import Penstock

extension LoginTranslator {
    /// PLAIN and SCRAM: a user and a password, from the module or under the library's own names.
    mutating func translatePassword(_ mechanism: LoginMechanism, _ entry: LoginEntry) {
        if entry["tokenauth"]?.lowercased() == "true", let setting = entry.setting {
            return result.refuse(setting, "delegation tokens (tokenauth=true) are not supported")
        }
        guard takesHandlers([]) else { return }
        let names = [("username", "sasl.username"), ("password", "sasl.password")]
        for (option, name) in names { translate(option, to: name, mechanism, entry) }
        refuseOtherOptions(entry, known: ["username", "password", "tokenauth"])
    }

    /// Whether no callback handler is named but those that have an equal here; another is refused.
    mutating func takesHandlers(_ known: Set<String>) -> Bool {
        for name in ["sasl.login.callback.handler.class", "sasl.client.callback.handler.class"] {
            guard let setting = setting(name), !setting.value.isEmpty,
                !known.contains(setting.value)
            else { continue }
            result.refuse(setting, "a Java class cannot take part in this login")
            return false
        }
        return true
    }

    private mutating func translate(
        _ option: String, to name: String, _ mechanism: LoginMechanism, _ entry: LoginEntry
    ) {
        let own = setting(name)
        switch (entry.options[option], own, entry.setting) {
        case (let value?, nil, let setting?): result.give(name, value, from: setting)
        case (nil, let own?, _): result.give(name, own.value, from: own)
        case (_?, let own?, let setting?):
            result.refuse(
                own, "it is given twice: \(setting.property) has an option \(option) as well")
        default:
            let missing = entry.setting ?? setting("sasl.mechanism")
            guard let missing else { return }
            result.refuse(
                missing,
                "\(mechanism.rawValue) needs a \(option): the option \(option) of "
                    + "sasl.jaas.config, or \(name)")
        }
    }

    /// Names the options that nothing looks at; the values may be secrets.
    mutating func refuseOtherOptions(_ entry: LoginEntry, known: Set<String>) {
        let others = entry.options.keys.filter { !known.contains($0) }.sorted()
        guard !others.isEmpty, let setting = entry.setting else { return }
        result.warn(
            setting, "these of its options have no effect: \(others.joined(separator: ", "))")
    }

    private mutating func translateKerberos(
        _ option: String, to name: String, _ entry: LoginEntry
    ) {
        guard let origin = setting(name) ?? (entry[option] == nil ? nil : entry.setting) else {
            return
        }
        if setting(name) != nil, let given = entry[option], given != origin.value {
            return result.refuse(
                origin, "it is given twice: sasl.jaas.config has an option \(option) as well")
        }
        let value = setting(name)?.value ?? entry[option] ?? ""
        // The library puts it into a command that a shell runs.
        guard value.utf8.allSatisfy(Self.isPlain) else {
            return result.refuse(
                origin, "the \(option) for Kerberos may hold letters, digits and . _ - @ / : alone")
        }
        result.give(name, value, from: origin)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case let sign: "._-@/:".utf8.contains(sign)
        }
    }

    /// Kerberos: what the library's own module needs; tickets are renewed by its `kinit` command.
    mutating func translateKerberos(_ entry: LoginEntry) {
        let names = [
            ("keyTab", "sasl.kerberos.keytab"), ("principal", "sasl.kerberos.principal"),
            ("serviceName", "sasl.kerberos.service.name"),
        ]
        for (option, name) in names { translateKerberos(option, to: name, entry) }
        refuseOtherOptions(
            entry,
            known: [
                "keyTab", "principal", "serviceName", "useKeyTab", "useTicketCache", "storeKey",
                "doNotPrompt", "refreshKrb5Config", "renewTGT", "debug", "isInitiator",
            ])
        // Without a keytab somebody else keeps the ticket fresh; the library's own command would
        // want one.
        let hasKeytab = result.outputs.contains { $0.name == "sasl.kerberos.keytab" }
        if !hasKeytab, let origin = entry.setting ?? context.setting("security.protocol") {
            result.give("sasl.kerberos.kinit.cmd", ":", from: origin)
        }
    }
}
