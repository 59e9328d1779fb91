import FoundationEssentials
import Glibc
import Penstock
import PenstockDynamoDBSink
import PenstockKafka
import PenstockRuntime
import PenstockTesting
import TestServers
import Testing

/// Every example of the pages about secured clusters, run as it stands there.
@Suite(.needsSecuredKafka) struct DocumentedAccessTests {
    /// An example with the names of a stranger's files and hosts.
    struct Example: Sendable, CustomTestStringConvertible {
        let page: String
        let number: Int
        let settings: [String: String]

        var mechanism: String { settings["sasl.mechanism"] ?? "" }
        var isSCRAM: Bool { mechanism.hasPrefix("SCRAM") }
        /// Whether a server for it exists here.
        var isTestable: Bool { page != "AmazonMSK" && mechanism != "GSSAPI" }

        var testDescription: String {
            let name = settings["security.protocol"] ?? "PLAINTEXT"
            return "\(page) \(number): \(name) \(mechanism)"
        }
    }

    static let examples = ["ConnectToKafka", "AmazonMSK"].flatMap { page in
        blocks(of: page).enumerated().map {
            Example(page: page, number: $0 + 1, settings: properties($1))
        }
    }
    static let testable = examples.filter { $0.isTestable && !$0.isSCRAM }
    static let scrams = examples.filter(\.isSCRAM)
    static let untestable = examples.filter { !$0.isTestable }

    /// The blocks of properties of a page.
    private static func blocks(of page: String) -> [String] {
        let file = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let path = "/\(file)/Documentation/Penstock.docc/\(page).md"
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "```properties\n").dropFirst()
            .map { $0.prefix(upTo: $0.firstRange(of: "\n```")?.lowerBound ?? $0.endIndex) }
            .map(String.init)
    }

    /// The properties of a block, whose long lines go on behind a backslash.
    private static func properties(_ block: String) -> [String: String] {
        var properties: [String: String] = [:]
        for line in block.replacing(/\\\n\s*/, with: "").split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            properties[String(parts[0])] = String(parts[1])
        }
        return properties
    }

    @Test func `the pages have their examples`() {
        #expect(Self.testable.count >= 14)
        #expect(Self.scrams.count == 4)
        #expect(Self.untestable.count >= 5)
    }

    @Test(.timeLimit(.minutes(2)), arguments: testable)
    func `an example works`(example: Example) async throws {
        try await Self.writeOne(example)
    }

    @Test(.needsWholeSCRAM, .timeLimit(.minutes(2)), arguments: scrams)
    func `an example of SCRAM works`(example: Example) async throws {
        try await Self.writeOne(example)
    }

    @Test(
        .needsCommand, .needsNewerLibrdkafka, .timeLimit(.minutes(2)),
        arguments: testable + scrams)
    func `an example works on a newer librdkafka`(example: Example) async throws {
        try await Self.run(example) { scenario, files in
            let process = try scenario.start(files, environment: NewerLibrdkafka.environment)
            #expect(
                try await eventually { try await scenario.committed() == [1] }, "\(process.errors)")
            process.send(SIGTERM)
            #expect(try await process.end() == .exit(0), "\(process.errors)")
        }
    }

    @Test(arguments: untestable)
    func `an example for which there is no server is valid`(example: Example) async throws {
        try await SinkScenario.run { scenario in
            let files = scenario.connectFiles(
                example.settings, address: example.settings["bootstrap.servers"] ?? "")
            _ = try scenario.runner(files)
        }
    }

    private static func writeOne(_ example: Example) async throws {
        try await run(example) { scenario, files in
            let log = LogRecorder()
            try await scenario.runner(files, log: Log(log)).run {
                let isDone = try await eventually { try await scenario.committed() == [1] }
                #expect(isDone, "\(log.lines)")
            }
        }
    }

    private static func run(
        _ example: Example, _ body: (SinkScenario, [String]) async throws -> Void
    ) async throws {
        let identity = try IdentityProvider(.tokens(seconds: 60))
        defer { identity.stop() }
        try await SinkScenario.run { scenario in
            try await scenario.fill([.init(#"{"f1":"value1"}"#)])
            var settings = example.settings
            try await fill(&settings, ClientStores(folder: scenario.folder), identity)
            // Once, as the page has it.
            let files = scenario.connectFiles(
                [:], address: settings.removeValue(forKey: "bootstrap.servers") ?? "")
            try await body(scenario, [files[0] + settings.fileText, files[1]])
        }
    }

    /// Puts the test's servers, files and passwords in place of the page's.
    private static func fill(
        _ settings: inout [String: String], _ stores: ClientStores, _ identity: IdentityProvider
    ) async throws {
        let provesItself = settings.keys.contains {
            $0 == "ssl.keystore.location" || $0 == "ssl.certificate.location"
        }
        let name = settings["security.protocol"]?.uppercased() ?? "PLAINTEXT"
        let listener = provesItself ? .mutualTLS : SecuredBroker.Listener(rawValue: name)
        settings["bootstrap.servers"] = try #require(listener).address
        if settings["ssl.truststore.location"] != nil {
            let kind = settings["ssl.truststore.type"] ?? "JKS"
            try await settings.merge(stores.trusting(#require(.init(rawValue: kind)))) { $1 }
        }
        if let kind = settings["ssl.keystore.type"] {
            try await settings.merge(stores.proving(#require(.init(rawValue: kind)))) { $1 }
        }
        let places = [
            "/etc/penstock/authority.pem": SecuredBroker.authority,
            "/etc/penstock/client.pem": SecuredBroker.client,
            "https://login.example.com/oauth2/token": identity.endpoint,
            "alice-secret": SecuredBroker.password, "alice": SecuredBroker.user,
        ]
        for (name, value) in settings {
            // The longer ones first: a name may begin another.
            settings[name] = places.sorted { $0.key.count > $1.key.count }.reduce(value) {
                $0.replacing($1.key, with: $1.value)
            }
        }
    }
}
