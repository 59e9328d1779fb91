import FoundationEssentials
import Testing

/// Trust stores and key stores for the test's broker, made by the programs that Java's users have.
struct ClientStores: Sendable {
    enum Kind: String, Sendable { case jks = "JKS", pkcs12 = "PKCS12", pem = "PEM" }

    static let password = "store-secret"

    /// Whether `keytool` and `openssl` are here.
    static let canBeMade = ["keytool", "openssl"].allSatisfy { program in
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
    }

    let folder: TemporaryFolder

    /// The settings of a trust store of the broker's authority.
    func trusting(_ kind: Kind) async throws -> [String: String] {
        guard kind != .pem else {
            return [
                "ssl.truststore.type": "PEM", "ssl.truststore.location": SecuredBroker.authority,
            ]
        }
        let file = "\(folder.path)/kafka.client.truststore.\(kind)"
        try await run(
            "keytool -importcert -noprompt -storetype \(kind.rawValue) -keystore \(file) "
                + "-storepass \(Self.password) -alias CARoot -file \(SecuredBroker.authority)")
        var settings = [
            "ssl.truststore.location": file, "ssl.truststore.password": Self.password,
        ]
        // JKS is Java's default.
        if kind != .jks { settings["ssl.truststore.type"] = kind.rawValue }
        return settings
    }

    /// The settings of a key store of the client's key and certificates.
    func proving(_ kind: Kind) async throws -> [String: String] {
        guard kind != .pem else {
            return ["ssl.keystore.type": "PEM", "ssl.keystore.location": SecuredBroker.client]
        }
        let file = "\(folder.path)/kafka.client.keystore.p12"
        try await run(
            "openssl pkcs12 -export -in \(SecuredBroker.client) -name client -out \(file) "
                + "-passout pass:\(Self.password)")
        return [
            "ssl.keystore.type": "PKCS12", "ssl.keystore.location": file,
            "ssl.keystore.password": Self.password, "ssl.key.password": Self.password,
        ]
    }

    /// Runs a line of words; a word may hold no space.
    func run(_ line: String) async throws {
        let words = line.split(separator: " ").map(String.init)
        let process = try ChildProcess(
            "/usr/bin/env", words, environment: basicEnvironment, folder: folder,
            name: "tool-\(UInt32.random(in: 0...UInt32.max))")
        try #require(
            try await process.end(atMost: .seconds(60)) == .exit(0),
            "\(line): \(process.output) \(process.errors)")
    }
}
