import Penstock

extension LoginTranslator {
    /// PLAIN and SCRAM: a user and a password, from the module or under the library's own names.
    mutating func translatePassword(_ mechanism: LoginMechanism, _ entry: LoginEntry) {
        if entry["tokenauth"]?.lowercased() == "true", let setting = entry.setting {
            return result.refuse(setting, "delegation tokens (tokenauth=true) are not supported")
        }
        let names = [("username", "sasl.username"), ("password", "sasl.password")]
        for (option, name) in names { translate(option, to: name, mechanism, entry) }
        refuseOtherOptions(entry, known: ["username", "password", "tokenauth"])
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

    /// Kerberos: what the library's own module needs; tickets are renewed by its `kinit` command.
    mutating func translateKerberos(_ entry: LoginEntry) {
        let names = [
            ("keyTab", "sasl.kerberos.keytab"), ("principal", "sasl.kerberos.principal"),
            ("serviceName", "sasl.kerberos.service.name"),
        ]
        for (option, name) in names {
            if let own = setting(name) {
                result.give(name, own.value, from: own)
            } else if let value = entry[option], let setting = entry.setting {
                result.give(name, value, from: setting)
            }
        }
        // Without a keytab somebody else keeps the ticket fresh; the library's own command would
        // want one.
        let hasKeytab = result.outputs.contains { $0.name == "sasl.kerberos.keytab" }
        if !hasKeytab, let origin = entry.setting ?? context.setting("security.protocol") {
            result.give("sasl.kerberos.kinit.cmd", ":", from: origin)
        }
    }
}
