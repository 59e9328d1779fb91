extension StoreSettings {
    /// What is wrong with a store, by its settings; `place` is its path or the setting that holds it.
    func sentence(_ error: StoreError, _ role: Role, of place: String) -> String {
        let store = role.rawValue
        return switch error.code {
        case .missingFile: "there is no file \(place)"
        case .unreadable(let failure): "\(place) cannot be read: \(failure)"
        case .otherFormat(let format): otherFormat(format, role, place)
        case .unknownFormat: "\(place) is neither a JKS nor a PKCS12 nor a PEM file"
        case .damaged: "\(place) is damaged or incomplete"
        case .passwordMissing: "\(place) is encrypted: \(name(store + ".password")) is missing"
        case .passwordWrong:
            "the password in \(name(store + ".password")) does not open \(place), or the file "
                + "was damaged"
        case .keyPasswordMissing:
            "the private key in \(place) is encrypted: \(name("ssl.key.password")) is missing"
        case .keyPasswordWrong:
            "the password in \(nameOfKeyPassword) does not decrypt the private key in \(place)"
        case .cipherUnsupported:
            "\(place) is encrypted in a way that OpenSSL does not decrypt on this machine; files "
                + "of Java 8 need its legacy provider"
        case .certificateDamaged: "\(place) holds a certificate that cannot be read"
        case .noCertificate: "\(place) holds no certificate"
        case .noKey: "\(place) holds no private key"
        case .noCertificateOfKey: "none of the certificates in \(place) belongs to the private key"
        case .keyOfJKS: keyOfJKS(place)
        }
    }

    private func otherFormat(_ format: StoreFormat, _ role: Role, _ place: String) -> String {
        guard format != .jceks else {
            return "\(place) is a JCEKS store; make a PKCS12 store of it: "
                + conversion(of: place, type: "JCEKS")
        }
        let type = role.rawValue + ".type"
        return "\(place) is a \(format.name) file, and \(name(type)) is "
            + "\(context.given(type) ?? "JKS"); set it to \(format.name)"
    }

    private func keyOfJKS(_ place: String) -> String {
        "\(place) is a JKS store, whose private keys only Java decrypts; make a PKCS12 store of "
            + "it and use that: " + conversion(of: place, type: "JKS")
    }

    /// The command that makes a PKCS12 store of another one.
    private func conversion(of path: String, type: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "-")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        let quoted = { (path: String) in
            isPlain
                ? path
                : "'"
                    + path.split(separator: "'", omittingEmptySubsequences: false)
                    .joined(separator: "'\\''") + "'"
        }
        return "keytool -importkeystore -srckeystore \(quoted(path)) -srcstoretype \(type) "
            + "-destkeystore \(quoted(path + ".p12")) -deststoretype PKCS12"
    }

    /// The name under which a setting is written, where it is.
    private func name(_ setting: String) -> String {
        context.setting(setting)?.property ?? setting
    }

    private var nameOfKeyPassword: String {
        let own = "ssl.key.password"
        return name(context.value(own) == nil ? "ssl.keystore.password" : own)
    }
}
