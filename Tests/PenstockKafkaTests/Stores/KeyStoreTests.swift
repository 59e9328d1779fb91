import Testing

@testable import PenstockKafka

@Suite(.enabled(if: StoreTools.hasOpenSSL, StoreTools.openSSLIsMissing))
struct `Key stores` {
    private func expect(_ store: KeyStore, _ folder: borrowing StoreFolder) throws {
        #expect(try store.key == folder.text("client.key"))
        #expect(store.chain.map(\.subject) == ["CN=client", "CN=link", "CN=root"])
        #expect(store.otherKeyCount == 0)
        var shown = "\(store)"
        dump(store, to: &shown)
        #expect(!shown.contains("PRIVATE KEY"))
    }

    @Test(arguments: ["", " -legacy", " -keypbe NONE -certpbe NONE", " -descert"])
    func `of openssl's are read`(options: String) throws {
        let folder = try StoreFolder()
        try folder.run(
            "openssl pkcs12 -export -in client.pem -inkey client.key -certfile chain.pem "
                + "-passout pass:secret -out key.p12" + options)
        let bytes = try folder.bytes("key.p12")
        try expect(
            KeyStore(bytes, type: "PKCS12", password: "secret", keyPassword: nil), folder)
        try expect(KeyStore(bytes, type: nil, password: "secret", keyPassword: "secret"), folder)
        #expect(
            fault { _ = try KeyStore(bytes, type: nil, password: "Secret", keyPassword: nil) }
                == .passwordWrong)
        #expect(
            fault { _ = try KeyStore(bytes, type: nil, password: nil, keyPassword: nil) }
                == .passwordMissing)
        guard !options.contains("NONE") else { return }
        #expect(
            fault { _ = try KeyStore(bytes, type: nil, password: "secret", keyPassword: "x") }
                == .keyPasswordWrong)
    }

    @Test(arguments: ["", "пароль"])
    func `open with unusual passwords`(password: String) throws {
        let folder = try StoreFolder()
        try folder.run(
            "openssl pkcs12 -export -in client.pem -inkey client.key -certfile chain.pem "
                + "-passout pass:\(password) -out key.p12")
        let bytes = try folder.bytes("key.p12")
        try expect(KeyStore(bytes, type: nil, password: password, keyPassword: nil), folder)
    }

    @Test(
        .enabled(if: StoreTools.hasKeytool, StoreTools.keytoolIsMissing),
        arguments: ["", "-J-Dkeystore.pkcs12.legacy "])
    func `of keytool's are read`(options: String) throws {
        let folder = try StoreFolder()
        try folder.run(
            "openssl pkcs12 -export -in client.pem -inkey client.key -certfile chain.pem "
                + "-passout pass:secret -out openssl.p12")
        try folder.run(
            "keytool \(options)-importkeystore -noprompt -srckeystore openssl.p12 -srcstorepass "
                + "secret -destkeystore key.p12 -deststoretype PKCS12 -deststorepass secret")
        let bytes = try folder.bytes("key.p12")
        try expect(KeyStore(bytes, type: nil, password: "secret", keyPassword: nil), folder)
        try folder.run(
            "keytool -importkeystore -noprompt -srckeystore openssl.p12 -srcstorepass secret "
                + "-destkeystore key.jks -deststoretype JKS -deststorepass secret")
        let jks = try folder.bytes("key.jks")
        #expect(
            fault { _ = try KeyStore(jks, type: nil, password: "secret", keyPassword: nil) }
                == .keyOfJKS)
    }

    @Test func `that hold two keys say so`() throws {
        let folder = try StoreFolder()
        let pair = try folder.text("pair.pem") + folder.text("root.key")
        let store = try KeyStore(Array(pair.utf8), type: "PEM", password: nil, keyPassword: nil)
        #expect(store.otherKeyCount == 1)
    }

    @Test(arguments: [
        "openssl pkcs8 -topk8 -in client.key -passout pass:secret -out locked.key",
        "openssl pkcs8 -topk8 -v1 PBE-SHA1-RC2-40 -provider legacy -provider default "
            + "-in client.key -passout pass:secret -out locked.key",
        "openssl ec -aes256 -in client.key -passout pass:secret -out locked.key",
    ])
    func `of PEM may have an encrypted key`(command: String) throws {
        let folder = try StoreFolder()
        try folder.run(command)
        let text =
            try folder.text("locked.key") + folder.text("client.pem") + folder.text("chain.pem")
        let bytes = Array(text.utf8)
        try expect(
            KeyStore(bytes, type: "PEM", password: nil, keyPassword: "secret"), folder)
        #expect(
            fault { _ = try KeyStore(bytes, type: "PEM", password: nil, keyPassword: nil) }
                == .keyPasswordMissing)
        for wrong in ["", "Secret"] {
            #expect(
                fault { _ = try KeyStore(bytes, type: "PEM", password: nil, keyPassword: wrong) }
                    == .keyPasswordWrong)
        }
    }

    @Test func `of PEM are read, or say what they lack`() throws {
        let folder = try StoreFolder()
        try expect(
            KeyStore(folder.bytes("pair.pem"), type: "PEM", password: nil, keyPassword: nil), folder
        )
        func code(_ names: [String]) throws -> StoreError.Code? {
            var text = ""
            for name in names { text += try folder.text(name) }
            return fault {
                _ = try KeyStore(Array(text.utf8), type: "PEM", password: nil, keyPassword: nil)
            }
        }
        #expect(try code(["client.pem"]) == .noKey)
        #expect(try code(["client.key"]) == .noCertificate)
        #expect(try code(["client.key", "chain.pem"]) == .noCertificateOfKey)
        #expect(try code(["client.csr"]) == .noKey)
    }

    @Test func `that end early are never read`() throws {
        let folder = try StoreFolder()
        try folder.run(
            "openssl pkcs12 -export -in client.pem -inkey client.key -certfile chain.pem "
                + "-passout pass:secret -iter 1 -out key.p12")
        let bytes = try folder.bytes("key.p12")
        for count in 0..<bytes.count {
            let part = Array(bytes.prefix(count))
            #expect(
                fault { _ = try KeyStore(part, type: nil, password: "secret", keyPassword: nil) }
                    != nil)
        }
        let pem = try folder.bytes("pair.pem")
        for count in 0..<pem.count - 1 {
            let part = Array(pem.prefix(count))
            #expect(
                fault { _ = try KeyStore(part, type: "PEM", password: nil, keyPassword: nil) }
                    != nil)
        }
    }
}
