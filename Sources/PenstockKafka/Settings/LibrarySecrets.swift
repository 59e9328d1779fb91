/// Which of the library's settings are secrets.
enum LibrarySecrets {
    private static let names: Set<String> = [
        "sasl.password", "sasl.oauthbearer.client.secret", "sasl.oauthbearer.config",
        "sasl.jaas.config", "ssl.key.password", "ssl.key.pem", "ssl_key", "ssl.keystore.password",
        "ssl.keystore.key", "ssl.truststore.password",
    ]

    static func contains(_ name: String) -> Bool {
        names.contains(name) || name.hasSuffix(".password") || name.hasSuffix(".secret")
    }
}

extension TranslatedSettings {
    /// Name and value of every setting the library is given, for people: secrets are hidden.
    package var shown: [(name: String, value: String)] {
        library.sorted { $0.key < $1.key }.map {
            ($0.key, LibrarySecrets.contains($0.key) ? "[hidden]" : $0.value)
        }
    }
}

extension TranslatedSettings: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    package var description: String {
        shown.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror {
        Mirror(self, children: ["library": description, "findings": findings])
    }
}
