extension SettingRules {
    /// Java writes IANA's names, OpenSSL has its own.
    static let cipherSuites: Convert = { value, context in
        let names = value.split(separator: ",").map(String.init)
        guard context.usesTLS, !names.isEmpty else { return .withoutEffect }
        var suites: [String] = []
        for name in names where !CipherSuites.ofTLS13.contains(name) {
            // It stands in Java's lists, and is no suite.
            if name == "TLS_EMPTY_RENEGOTIATION_INFO_SCSV" { continue }
            guard let suite = CipherSuites.openSSLName(of: name) else {
                return .refused("\(name) is not among the cipher suites that are known here")
            }
            suites.append(suite)
        }
        guard !suites.isEmpty else {
            return .ignored(
                warning: "librdkafka cannot choose among the suites of TLS 1.3: all of them are "
                    + "offered, and OpenSSL's own of TLS 1.2")
        }
        return .settings([("ssl.cipher.suites", suites.joined(separator: ":"))])
    }
}
