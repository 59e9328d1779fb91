import Foundation
import Penstock
import Testing

@testable import PenstockKafka

@Suite struct `Cipher suites` {
    private func translated(_ suites: String) -> TranslatedSettings {
        SettingCase(.consumer, ["security.protocol": "SSL", "ssl.cipher.suites": suites])
            .translated()
    }

    @Test func `by IANA's names become OpenSSL's`() {
        let result = translated(
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, TLS_AES_256_GCM_SHA384,"
                + "SSL_RSA_WITH_AES_128_CBC_SHA, ECDHE-RSA-AES128-SHA,"
                + "TLS_EMPTY_RENEGOTIATION_INFO_SCSV")
        #expect(
            result.library["ssl.cipher.suites"]
                == "ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA:ECDHE-RSA-AES128-SHA")
        #expect(result.faults(of: .consumer) == [])
    }

    @Test func `of OpenSSL's language pass`() {
        #expect(translated("HIGH:!aNULL").library["ssl.cipher.suites"] == "HIGH:!aNULL")
    }

    @Test func `of TLS 1.3 alone leave the choice to OpenSSL, with a warning`() {
        let result = translated("TLS_AES_256_GCM_SHA384")
        #expect(result.library["ssl.cipher.suites"] == nil)
        #expect(result.findings.map(\.level) == [.warning])
    }

    @Test func `that nobody knows are refused by name`() {
        let result = translated("TLS_AES_256_GCM_SHA384,TLS_ROT_13")
        #expect(result.isRefused && result.findings[0].explanation.contains("TLS_ROT_13"))
    }

    @Test func `have the names that OpenSSL itself gives them`() throws {
        guard let lines = Self.openSSLList else { return }
        #expect(lines.count > 30)
        for (name, suite) in CipherSuites.openSSLNames {
            #expect(lines[name] == suite, "\(name)")
        }
    }

    /// OpenSSL's names by IANA's, as its command lists them; nil without the command.
    private static var openSSLList: [String: String]? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = ["ciphers", "-stdname", "ALL:COMPLEMENTOFALL"]
        let output = Pipe()
        process.standardOutput = output
        guard (try? process.run()) != nil else { return nil }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let rows = String(decoding: data, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: " ").map(String.init)
        }
        return Dictionary(
            rows.filter { $0.count > 2 }.map { ($0[0], $0[2]) }, uniquingKeysWith: { old, _ in old }
        )
    }
}
