import Penstock
import Testing

@testable import PenstockKafka

@Suite struct `Trust stores` {
    @Test(arguments: [
        ("truststore.jks", nil), ("truststore.jks", "JKS"), ("truststore.jks", "PKCS12"),
        ("truststore.p12", "PKCS12"), ("truststore.p12", "jks"), ("truststore-legacy.p12", nil),
        ("truststore.pem", "PEM"),
    ])
    func `of every format hold their certificates`(file: String, type: String?) throws {
        let store = try TrustStore(
            StoreCases.bytes(file), type: type, password: StoreCases.password)
        let wanted = try Set(["one.pem", "two.pem"].map(StoreCases.text))
        #expect(Set(store.certificates.map(\.pem)) == wanted)
        #expect(store.certificates.allSatisfy { $0.isSelfIssued })
    }

    @Test(arguments: ["truststore.jks", "truststore.p12", "truststore-legacy.p12"])
    func `open with their password only`(file: String) throws {
        let bytes = try StoreCases.bytes(file)
        for password in ["trust-secreT", "", "пароль"] {
            #expect(
                fault { _ = try TrustStore(bytes, type: nil, password: password) }
                    == .passwordWrong)
        }
    }

    @Test func `of Java's own format are read without a password, others are not`() throws {
        let jks = try TrustStore(StoreCases.bytes("truststore.jks"), type: nil, password: nil)
        #expect(jks.certificates.count == 2)
        let p12 = try StoreCases.bytes("truststore.p12")
        #expect(fault { _ = try TrustStore(p12, type: nil, password: nil) } == .passwordMissing)
    }

    @Test(arguments: [
        ("truststore.jks", "PEM", StoreError.Code.otherFormat(.jks)),
        ("truststore.p12", "PEM", .otherFormat(.pkcs12)),
        ("truststore.pem", "JKS", .otherFormat(.pem)),
        ("truststore.pem", "PKCS12", .otherFormat(.pem)),
    ])
    func `of another format than the type reads are refused`(
        file: String, type: String, code: StoreError.Code
    ) throws {
        let bytes = try StoreCases.bytes(file)
        #expect(fault { _ = try TrustStore(bytes, type: type, password: nil) } == code)
    }

    @Test(arguments: [
        ([], StoreError.Code.unknownFormat),
        ([1, 2, 3], .unknownFormat),
        (Array("certificates: none".utf8), .unknownFormat),
        ([0xCE, 0xCE, 0xCE, 0xCE, 0, 0, 0, 2], .otherFormat(.jceks)),
        ([0xFE, 0xED, 0xFE, 0xED], .damaged),
        ([0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 3, 0, 0, 0, 0], .damaged),
        ([0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2, 0, 0, 0, 0], .noCertificate),
        ([0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2, 255, 255, 255, 255], .damaged),
        ([0x30, 0x82, 1, 1, 0], .damaged),
    ])
    func `that are none are refused`(bytes: [UInt8], code: StoreError.Code) {
        #expect(fault { _ = try TrustStore(bytes, type: nil, password: nil) } == code)
    }

    @Test(arguments: [
        (
            "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n",
            StoreError.Code.certificateDamaged
        ),
        ("-----BEGIN PRIVATE KEY-----\nMIIC\n-----END PRIVATE KEY-----\n", .noCertificate),
        ("-----BEGIN CERTIFICATE-----\nMIIC\n", .noCertificate),
        ("-----BEGIN ", .noCertificate),
    ])
    func `of PEM without a certificate are refused`(text: String, code: StoreError.Code) {
        #expect(fault { _ = try TrustStore(Array(text.utf8), type: "PEM", password: nil) } == code)
    }

    @Test(arguments: [
        "truststore.jks", "truststore.p12", "truststore-legacy.p12", "truststore.pem",
    ])
    func `that end early are never read whole`(file: String) throws {
        let bytes = try StoreCases.bytes(file)
        let type = file.hasSuffix("pem") ? "PEM" : nil
        for count in 0..<bytes.count - 1 {
            let part = Array(bytes.prefix(count))
            for password in [StoreCases.password, nil] {
                let store = try? TrustStore(part, type: type, password: password)
                // Java's own format without a password has no check; a PEM file may hold fewer.
                guard let store else { continue }
                #expect(type != nil ? store.certificates.count == 1 : password == nil)
            }
        }
    }

    @Test(arguments: ["truststore.jks", "truststore.p12", "truststore.pem"])
    func `with changed bytes harm nobody`(file: String) throws {
        let bytes = try StoreCases.bytes(file)
        let type = file.hasSuffix("pem") ? "PEM" : nil
        var state: UInt64 = 42
        for _ in 0..<400 {
            var changed = bytes
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                changed[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
            }
            let password = StoreCases.password
            let store = try? TrustStore(changed, type: type, password: password)
            if type == nil, changed != bytes, file.hasSuffix("jks") { #expect(store == nil) }
            _ = try? TrustStore(changed, type: type, password: nil)
        }
    }

    @Test func `may stand in one line, as settings hold them`() throws {
        let text = try StoreCases.text("truststore.pem")
        let line = text.split(separator: "\n").joined(separator: " ")
        #expect(try TrustStore(pem: line).certificates.pem == text)
        #expect(try TrustStore(pem: "comment\r\n" + text).certificates.pem == text)
    }

    @Test(.enabled(if: StoreTools.hasKeytool, StoreTools.keytoolIsMissing))
    func `of keytool's are told by their entries`() throws {
        let folder = try StoreFolder()
        try folder.run(
            "openssl pkcs12 -export -in client.pem -inkey client.key -certfile chain.pem "
                + "-passout pass:secret -name me -out both.p12")
        let all = try TrustStore(folder.bytes("both.p12"), type: nil, password: "secret")
        #expect(Set(all.certificates.map(\.subject)) == ["CN=root", "CN=link", "CN=client"])
        try folder.run(
            "keytool -importcert -noprompt -keystore both.p12 -storepass secret -alias ca "
                + "-file root.pem")
        let marked = try TrustStore(folder.bytes("both.p12"), type: nil, password: "secret")
        #expect(marked.certificates.map(\.subject) == ["CN=root"])
        try folder.run(
            "keytool -importkeystore -noprompt -srckeystore both.p12 -srcstorepass secret "
                + "-destkeystore both.jks -deststoretype JKS -deststorepass secret")
        let jks = try TrustStore(folder.bytes("both.jks"), type: nil, password: "secret")
        #expect(Set(jks.certificates.map(\.subject)) == ["CN=root", "CN=client"])
    }

    @Test(.enabled(if: StoreTools.hasKeytool, StoreTools.keytoolIsMissing))
    func `that are neither encrypted nor signed are read without a password`() throws {
        let folder = try StoreFolder()
        try folder.run(
            "keytool -J-Dkeystore.pkcs12.macAlgorithm=NONE "
                + "-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE -importcert -noprompt "
                + "-storetype PKCS12 -keystore open.p12 -storepass secret -alias ca -file root.pem")
        let store = try TrustStore(folder.bytes("open.p12"), type: nil, password: nil)
        #expect(store.certificates.map(\.subject) == ["CN=root"])
    }
}
