import Foundation
import Penstock
import PenstockIO
import Testing

@testable import PenstockAWS

/// One published scenario: variables, files and recorded traffic, and what has to come of them.
///
/// ```swift
/// @Test("scenarios", arguments: try CredentialScenario.all(in: "profile-provider"))
/// func scenario(_ scenario: CredentialScenario) async throws {
///     await scenario.check { context in ProfileCredentials(context: context) }
/// }
/// ```
struct CredentialScenario: Sendable, CustomTestStringConvertible {
    enum Result: Sendable {
        case credentials(Credentials)
        case error(containing: String)
    }

    let name: String
    let environment: AWSEnvironment
    let traffic: [RecordedTraffic.Exchange]
    let result: Result
    /// Earlier than every end of credentials in the scenarios.
    var now = Timestamp(milliseconds: 1_234_500_000_000)

    var testDescription: String { name }

    /// The scenarios of a folder, by name.
    static func all(in folder: String) throws -> [CredentialScenario] {
        let url = try TestCases.url("credentials/\(folder)")
        return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted().map {
            try CredentialScenario(folder: url.appending(path: $0))
        }
    }

    init(folder: URL) throws {
        func decoded<T: Decodable>(_ type: T.Type, _ file: String) throws -> T {
            try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: file)))
        }
        name = folder.lastPathComponent
        let files = folder.appending(path: "fs").path
        environment = AWSEnvironment(variables: try decoded([String: String].self, "env.json")) {
            try SmallFile.read(files + ($0.hasPrefix("/") ? $0 : "/" + $0))
        }
        traffic = try decoded(RecordedTraffic.self, "http-traffic.json").exchanges
        result = try decoded(TestCase.self, "test-case.json").result.value
    }

    /// A context that answers from the recording and does not wait.
    func context(_ replay: ReplayedTraffic) -> AWSContext {
        var context = AWSContext(environment: environment, services: replay, metadata: replay)
        let now = now
        context.clock = ServiceClock { now }
        context.sleep = { replay.wait($0) }
        return context
    }

    /// Asks a provider once, and compares the result and every request with the recording.
    func check(
        sourceLocation: SourceLocation = #_sourceLocation,
        _ provider: (AWSContext) throws -> any CredentialProvider
    ) async rethrows {
        let replay = ReplayedTraffic(traffic)
        let provider = try provider(context(replay))
        let outcome: Swift.Result<Credentials, CredentialError>
        do throws(CredentialError) {
            outcome = .success(try await provider.credentials())
        } catch { outcome = .failure(error) }
        compare(outcome, sourceLocation)
        for difference in replay.differences {
            Issue.record("\(name): \(difference)", sourceLocation: sourceLocation)
        }
    }

    private func compare(
        _ outcome: Swift.Result<Credentials, CredentialError>, _ sourceLocation: SourceLocation
    ) {
        switch (outcome, result) {
        case (.success(let credentials), .credentials(let expected)):
            // One by one, since no description of credentials shows its parts.
            #expect(credentials.accessKeyID == expected.accessKeyID, sourceLocation: sourceLocation)
            #expect(
                credentials.secretAccessKey == expected.secretAccessKey,
                sourceLocation: sourceLocation)
            #expect(
                credentials.sessionToken == expected.sessionToken, sourceLocation: sourceLocation)
            #expect(credentials.accountID == expected.accountID, sourceLocation: sourceLocation)
            #expect(credentials.expiration == expected.expiration, sourceLocation: sourceLocation)
        case (.failure(let error), .error(let text)):
            let isSame =
                ForeignWording.codes[text]?.contains(error.code) ?? error.description.contains(text)
            #expect(isSame, "\(error.code): \(error)", sourceLocation: sourceLocation)
        case (.success, .error(let text)):
            Issue.record("credentials instead of: \(text)", sourceLocation: sourceLocation)
        case (.failure(let error), .credentials):
            Issue.record("\(error.code): \(error)", sourceLocation: sourceLocation)
        }
    }
}

extension CredentialScenario {
    private struct TestCase: Decodable {
        struct Outcome: Decodable {
            struct Keys: Decodable {
                var access_key_id: String
                var secret_access_key: String
                var session_token: String?
                var account_id: String?
                var expiry: Int64?
            }
            var Ok: Keys?
            var ErrorContains: String?

            var value: Result {
                get throws {
                    if let text = ErrorContains { return .error(containing: text) }
                    guard let keys = Ok else { throw TestCases.Unexpected() }
                    return .credentials(
                        Credentials(
                            accessKeyID: keys.access_key_id,
                            secretAccessKey: keys.secret_access_key,
                            sessionToken: keys.session_token,
                            expiration: keys.expiry.map { Timestamp(milliseconds: $0 * 1000) },
                            accountID: keys.account_id))
                }
            }
        }
        var result: Outcome
    }
}
