import Penstock

extension LoginTranslator {
    /// OAUTHBEARER: the program's own tokens, Amazon's, unsigned ones, or an identity provider's.
    mutating func translateOAuth(_ entry: LoginEntry) {
        if suppliesTokens { return takeProgramsTokens(entry) }
        switch handler() {
        case .refused: return
        case .msk: return translateMSK(entry)
        case .oauth, .none: break
        }
        if entry.options.keys.contains(where: { $0.hasPrefix("unsecuredLogin") }) {
            return translateUnsigned(entry)
        }
        if let own = setting("enable.sasl.oauthbearer.unsecure.jwt"), own.value == "true" {
            return passOn(["enable.sasl.oauthbearer.unsecure.jwt", "sasl.oauthbearer.config"])
        }
        translateClientCredentials(entry)
    }

    /// The program's provider goes before whatever the settings say of tokens.
    mutating func takeProgramsTokens(_ entry: LoginEntry) {
        result.tokenSource = .program
        guard !entry.options.isEmpty, let setting = entry.setting else { return }
        result.warn(setting, "the program supplies tokens, so its options have no effect")
    }

    private enum Handler { case none, oauth, msk, refused }

    private mutating func handler() -> Handler {
        let names = ["sasl.login.callback.handler.class", "sasl.client.callback.handler.class"]
        var found = Handler.none
        for name in names {
            guard let setting = setting(name), !setting.value.isEmpty else { continue }
            switch setting.value {
            case let name where LoginHandler.msk.contains(name): found = .msk
            case let name where LoginHandler.oauth.union(LoginHandler.unsecured).contains(name):
                if found == .none { found = .oauth }
            default:
                result.refuse(
                    setting,
                    "a Java class cannot provide tokens here: a program supplies a TokenProvider, "
                        + "and Kafka's OAuthBearerLoginCallbackHandler is built in")
                return .refused
            }
        }
        return found
    }

    private mutating func passOn(_ names: [String]) {
        for name in names {
            if let setting = setting(name) { result.give(name, setting.value, from: setting) }
        }
    }

    /// Unsigned tokens, which only a broker that is set up for tests takes; the library makes them.
    private mutating func translateUnsigned(_ entry: LoginEntry) {
        guard let setting = entry.setting else { return }
        guard let subject = entry["unsecuredLoginStringClaim_sub"],
            subject.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x22 && $0 != 0x5C })
        else {
            return result.refuse(
                setting, "unsecuredLoginStringClaim_sub must be a name of printable characters")
        }
        var parts = ["principal=\(subject)"]
        if let life = entry["unsecuredLoginLifetimeSeconds"] {
            guard let seconds = Int(life), seconds > 0 else {
                return result.refuse(
                    setting, "unsecuredLoginLifetimeSeconds must be a whole number of seconds")
            }
            parts.append("lifeSeconds=\(seconds)")
        }
        refuseOtherOptions(
            entry, known: ["unsecuredLoginStringClaim_sub", "unsecuredLoginLifetimeSeconds"])
        result.give("enable.sasl.oauthbearer.unsecure.jwt", "true", from: setting)
        result.give("sasl.oauthbearer.config", parts.joined(separator: " "), from: setting)
        result.report(
            setting, .translated(to: ["sasl.oauthbearer.config"]), .warning,
            "its tokens are not signed: only a broker that is set up for tests takes them")
    }
}

// MARK: - An identity provider

extension LoginTranslator {
    private mutating func translateClientCredentials(_ entry: LoginEntry) {
        guard let endpoint = text("sasl.oauthbearer.token.endpoint.url", entry, nil) else {
            return refuseMissing("a token endpoint: sasl.oauthbearer.token.endpoint.url", entry)
        }
        let id = text(
            "sasl.oauthbearer.client.credentials.client.id", entry, "clientId",
            "sasl.oauthbearer.client.id")
        let secret = text(
            "sasl.oauthbearer.client.credentials.client.secret", entry, "clientSecret",
            "sasl.oauthbearer.client.secret")
        guard let id, let secret else {
            return refuseMissing(
                "a client: the options clientId and clientSecret of sasl.jaas.config, or "
                    + "sasl.oauthbearer.client.credentials.client.id and .secret", entry)
        }
        var settings = ClientCredentialsTokens.Settings(
            endpoint: endpoint, clientID: id, clientSecret: Secret(secret))
        settings.scope = text("sasl.oauthbearer.scope", entry, "scope")
        settings.encodesHeader =
            text("sasl.oauthbearer.header.urlencode", entry, nil)?.lowercased() == "true"
        settings.subjectClaim = text("sasl.oauthbearer.sub.claim.name", entry, nil) ?? "sub"
        settings.extensions = extensions(entry)
        settings.timeout = timeout()
        let authorities = authorities(entry)
        refuseOtherGrants()
        refuseOtherOptions(entry, known: Self.clientOptions.union(extensionOptions(entry)))
        takeMethod()
        result.tokenSource = .clientCredentials(settings, authorities: authorities)
    }

    private static let clientOptions: Set = [
        "clientId", "clientSecret", "scope", "ssl.truststore.location", "ssl.truststore.type",
    ]

    /// The options that are SASL extensions; those that may not be sent are refused.
    private mutating func extensionOptions(_ entry: LoginEntry) -> Set<String> {
        let names = entry.options.keys.filter { $0.hasPrefix("extension_") }
        for name in names.sorted() {
            let bare = String(name.dropFirst("extension_".count))
            guard let value = entry.options[name], !OAuthToken.isExtension(bare, value),
                let setting = entry.setting
            else { continue }
            result.refuse(
                setting,
                "its option \(name) cannot be sent: names of extensions are letters alone "
                    + "but not auth, values printable text")
        }
        return Set(names)
    }

    /// A value under Kafka's property, the module's option or the library's own property; given
    /// twice it is refused.
    private mutating func text(
        _ name: String, _ entry: LoginEntry, _ option: String?, _ libraryName: String? = nil
    ) -> String? {
        let own = [name, libraryName].compactMap(\.self).compactMap { setting($0) }
            .first { !$0.value.isEmpty }
        let optional = option.flatMap { entry[$0] }
        if let own, let optional, optional != own.value, let option {
            result.refuse(
                own, "it is given twice: sasl.jaas.config has an option \(option) as well")
        }
        return own?.value ?? optional
    }

    private mutating func refuseMissing(_ what: String, _ entry: LoginEntry) {
        guard let setting = entry.setting ?? setting("sasl.mechanism") else { return }
        result.refuse(setting, "OAUTHBEARER needs \(what)")
    }

    private mutating func extensions(_ entry: LoginEntry) -> [String: String] {
        var extensions: [String: String] = [:]
        for (name, value) in entry.options where name.hasPrefix("extension_") {
            extensions[String(name.dropFirst("extension_".count))] = value
        }
        // The library's own spelling: name=value, separated by commas.
        guard let own = setting("sasl.oauthbearer.extensions") else { return extensions }
        for pair in own.value.split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { extensions[String(parts[0]).trimmed] = String(parts[1]) }
        }
        return extensions
    }

    private mutating func timeout() -> Duration {
        let names = ["sasl.login.connect.timeout.ms", "sasl.login.read.timeout.ms"]
        let given = names.compactMap { setting($0) }.compactMap { Int($0.value) }.filter { $0 > 0 }
        return given.isEmpty ? .seconds(10) : .milliseconds(given.reduce(0, +))
    }

    /// The certificate authorities for the identity provider, where it has some of its own.
    private mutating func authorities(_ entry: LoginEntry) -> String? {
        let own = setting("https.ca.location") ?? setting("ssl.ca.location")
        guard let store = entry["ssl.truststore.location"] else { return own?.value }
        guard entry["ssl.truststore.type"]?.uppercased() == "PEM" else {
            if let setting = entry.setting {
                result.refuse(
                    setting,
                    "its ssl.truststore.location must be a PEM file: "
                        + "set its ssl.truststore.type to PEM")
            }
            return nil
        }
        return store
    }

    /// The library's own way to say that tokens come from an identity provider: we ask that, and it
    /// is not to do so as well.
    private mutating func takeMethod() {
        guard let method = setting("sasl.oauthbearer.method"), !method.value.isEmpty else { return }
        guard !["oidc", "default"].contains(method.value.lowercased()) else { return }
        result.refuse(method, "it must be oidc or default")
    }

    /// Other ways to a token than name and secret.
    private mutating func refuseOtherGrants() {
        let assertions = context.effective.keys.filter {
            $0.hasPrefix("sasl.oauthbearer.assertion.")
        }
        if let name = assertions.min(), let setting = setting(name) {
            result.refuse(setting, "the grant of client credentials is the one that is known")
        }
        for name in ["sasl.oauthbearer.jwt.retriever.class", "sasl.oauthbearer.grant.type"] {
            guard let setting = setting(name), !setting.value.isEmpty else { continue }
            let known = [
                "client_credentials",
                "org.apache.kafka.common.security.oauthbearer.ClientCredentialsJwtRetriever",
                "org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever",
            ]
            guard !known.contains(setting.value) else { continue }
            result.refuse(setting, "the grant of client credentials is the one that is known")
        }
    }
}
