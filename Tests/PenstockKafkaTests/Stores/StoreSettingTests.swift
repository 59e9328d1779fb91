import Foundation
import Penstock
import PenstockIO
import Testing

@testable import PenstockKafka

@Suite struct `Settings of stores` {
    /// The translation for an encrypted connection.
    private func translated(
        _ settings: [String: String], _ stores: StoreFiles,
        library: LibraryProperties = .debian
    ) -> TranslatedSettings {
        let worker = ["bootstrap.servers": "b:9093", "security.protocol": "SSL"]
        return ClientSettingSource(
            connector: "orders", worker: worker.merging(settings) { $1 }
        ).translated(for: .consumer, library: library, stores: stores)
    }

    private func refusal(_ settings: [String: String], _ stores: StoreFiles) throws -> String {
        let refused = translated(settings, stores).findings.filter { $0.outcome == .refused }
        #expect(refused.count == 1)
        let finding = try #require(refused.first)
        #expect(finding.level == .error)
        return "\(finding.property): \(finding.explanation)"
    }

    @Test(arguments: [
        ("truststore.jks", ["ssl.truststore.password": "trust-secret"]),
        ("truststore.jks", [:]),
        ("truststore-legacy.p12", ["ssl.truststore.password": "trust-secret"]),
        (
            "truststore.p12",
            ["ssl.truststore.password": "trust-secret", "ssl.truststore.type": "PKCS12"]
        ),
        ("truststore.pem", ["ssl.truststore.type": "PEM"]),
    ])
    func `make a trust store the library's authorities`(
        file: String, settings: [String: String]
    ) throws {
        let files = StoreCases.files("/etc/\(file)", try StoreCases.bytes(file))
        let location = ["ssl.truststore.location": "/etc/\(file)"]
        let result = translated(settings.merging(location) { $1 }, files)
        let text = try #require(result.library["ssl.ca.pem"])
        #expect(text.contains(try StoreCases.text("one.pem")))
        #expect(text.contains(try StoreCases.text("two.pem")))
        #expect(result.findings.map(\.property) == ["ssl.truststore.location"])
        #expect(result.findings.map(\.level) == [.debug])
        #expect(result.faults(of: .consumer) == [])
    }

    @Test(arguments: [
        (["ssl.truststore.location": "/b.jks"], "there is no file /b.jks"),
        (
            ["ssl.truststore.location": "/a.jks", "ssl.truststore.password": "canary"],
            "the password in ssl.truststore.password does not open /a.jks, or the file was damaged"
        ),
        (
            ["ssl.truststore.location": "/a.jks", "ssl.truststore.type": "PEM"],
            "/a.jks is a JKS file, and ssl.truststore.type is PEM; set it to JKS"
        ),
        (
            ["ssl.keystore.location": "/a.jks", "ssl.keystore.password": "canary"],
            "/a.jks is a JKS store, whose private keys only Java decrypts; make a PKCS12 store of "
                + "it and use that: keytool -importkeystore -srckeystore /a.jks -srcstoretype JKS "
                + "-destkeystore /a.jks.p12 -deststoretype PKCS12"
        ),
    ])
    func `say what is wrong with a file`(settings: [String: String], sentence: String) throws {
        let files = StoreCases.files("/a.jks", try StoreCases.bytes("truststore.jks"))
        let text = try refusal(settings, files)
        #expect(text.hasSuffix(".location: " + sentence))
        #expect(!text.contains("canary"))
    }

    @Test func `name a property with its prefix`() throws {
        let files = StoreCases.files("/a.p12", try StoreCases.bytes("truststore.p12"))
        let text = try refusal(
            [
                "consumer.ssl.truststore.location": "/a.p12",
                "consumer.ssl.truststore.password": "canary",
            ], files)
        #expect(text.hasPrefix("consumer.ssl.truststore.location: "))
        #expect(text.contains("consumer.ssl.truststore.password"))
    }

    @Test(arguments: [
        (SmallFile.Failure.notRegular, "it is not a regular file"),
        (.tooLarge(limit: StoreFiles.limit), "it is larger than 16777216 bytes"),
        (.system(13), "Permission denied"),
    ])
    func `say why a file was not read`(failure: SmallFile.Failure, reason: String) throws {
        let files = StoreFiles { _ throws(SmallFile.Failure) in throw failure }
        let text = try refusal(["ssl.truststore.location": "/a.jks"], files)
        #expect(text == "ssl.truststore.location: /a.jks cannot be read: " + reason)
    }

    @Test func `read this machine's files`() throws {
        for path in ["/dev/zero", "/tmp"] {
            let text = try refusal(["ssl.truststore.location": path], .system)
            #expect(text.hasSuffix("\(path) cannot be read: it is not a regular file"))
        }
        let text = try refusal(["ssl.keystore.location": "/nowhere/at/all.p12"], .system)
        #expect(text == "ssl.keystore.location: there is no file /nowhere/at/all.p12")
    }

    @Test func `warn of certificates that have expired`() throws {
        let later = Timestamp(milliseconds: 1 << 43)  // in the year 2248
        let files = StoreCases.files(
            "/a.jks", try StoreCases.bytes("truststore.jks"), at: later)
        let result = translated(["ssl.truststore.location": "/a.jks"], files)
        #expect(!result.isRefused)
        #expect(result.findings.map(\.level) == [.warning])
        let store = try TrustStore(
            StoreCases.bytes("truststore.jks"), type: nil, password: nil)
        for certificate in store.certificates {
            #expect(
                result.findings[0].explanation.contains(
                    "the certificate of \(certificate.subject) in /a.jks expired on "
                        + certificate.expiryDay))
        }
    }

    @Test func `take certificates as text, and then no file`() throws {
        let line = try StoreCases.text("truststore.pem").split(separator: "\n")
            .joined(separator: " ")
        let files = StoreCases.files("/a", [])
        let certificates = ["ssl.truststore.certificates": line]
        let text = try StoreCases.text("truststore.pem")
        #expect(translated(certificates, files).library["ssl.ca.pem"] == text)
        for more in [["ssl.truststore.type": "JKS"], ["ssl.truststore.certificates": "none"]] {
            _ = try refusal(certificates.merging(more) { $1 }, files)
        }
    }
}

@Suite(.enabled(if: StoreTools.hasOpenSSL, StoreTools.openSSLIsMissing))
struct `Settings of key stores` {
    private func translated(
        _ settings: [String: String], library: LibraryProperties = .debian
    ) -> TranslatedSettings {
        let worker = ["bootstrap.servers": "b:9093", "security.protocol": "SSL"]
        return ClientSettingSource(
            connector: "orders", worker: worker.merging(settings) { $1 }
        ).translated(for: .producer, library: library)
    }

    @Test func `make a key store the library's key and certificates`() throws {
        let folder = try StoreFolder()
        try folder.run(
            "openssl pkcs12 -export -legacy -in client.pem -inkey client.key -certfile chain.pem "
                + "-passout pass:canary -out key.p12")
        try folder.run(
            "openssl pkcs8 -topk8 -in client.key -passout pass:canary -out locked.key")
        try folder.write(
            folder.text("locked.key") + folder.text("client.pem") + folder.text("chain.pem"),
            to: "locked.pem")
        let chain = try ["client.pem", "link.pem", "root.pem"].map { try folder.text($0) }
        let key = try folder.text("client.key")
        for settings in [
            ["ssl.keystore.location": folder.path("key.p12"), "ssl.keystore.password": "canary"],
            [
                "ssl.keystore.location": folder.path("locked.pem"), "ssl.keystore.type": "PEM",
                "ssl.key.password": "canary",
            ],
            [
                "ssl.keystore.key": try folder.text("locked.key"),
                "ssl.keystore.certificate.chain": chain.joined().split(separator: "\n")
                    .joined(separator: " "),
                "ssl.keystore.type": "PEM", "ssl.key.password": "canary",
            ],
        ] {
            let result = translated(settings)
            #expect(result.library["ssl.certificate.pem"] == chain.joined())
            #expect(result.library["ssl.key.pem"] == key)
            #expect(result.library.keys.filter { $0.hasPrefix("ssl.key") } == ["ssl.key.pem"])
            #expect(result.faults(of: .producer) == [])
            var shown = "\(result) \(String(reflecting: result)) \(result.shown)"
            dump(result, to: &shown)
            #expect(!shown.contains("canary") && !shown.contains(key.prefix(80)))
            #expect(shown.contains("ssl.key.pem=[hidden]"))
        }
    }

    /// librdkafka before 2.8 sends the first certificate only; OpenSSL adds what it finds among the
    /// trusted ones.
    @Test func `add the certificates between to the trusted ones of an older library`() throws {
        let folder = try StoreFolder()
        let settings = [
            "ssl.keystore.location": folder.path("pair.pem"), "ssl.keystore.type": "PEM",
            "ssl.truststore.location": folder.path("root.pem"), "ssl.truststore.type": "PEM",
        ]
        let (root, link) = (try folder.text("root.pem"), try folder.text("link.pem"))
        #expect(translated(settings).library["ssl.ca.pem"] == root + link)
        #expect(translated(settings, library: .newer).library["ssl.ca.pem"] == root)
    }

    @Test func `warn of a trust store without a root`() throws {
        let folder = try StoreFolder()
        let result = translated([
            "ssl.truststore.location": folder.path("link.pem"), "ssl.truststore.type": "PEM",
        ])
        #expect(result.findings.map(\.level) == [.warning])
        #expect(!result.isRefused)
    }

    @Test(arguments: [
        ["ssl.keystore.key": "x"], ["ssl.keystore.certificate.chain": "x"],
        ["ssl.keystore.key": "x", "ssl.keystore.certificate.chain": "x"],
        [
            "ssl.keystore.key": "x", "ssl.keystore.certificate.chain": "x",
            "ssl.keystore.location": "/nowhere",
        ],
    ])
    func `refuse half an identity`(settings: [String: String]) {
        #expect(translated(settings).isRefused)
    }

    @Test func `leave the library's own settings alone`() {
        let result = translated(["ssl.key.location": "/a", "ssl.key.password": "canary"])
        #expect(result.library["ssl.key.password"] == "canary")
        #expect(!"\(result)".contains("canary"))
    }
}
