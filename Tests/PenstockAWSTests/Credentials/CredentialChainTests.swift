import Penstock
import Testing

@testable import PenstockAWS
@testable import PenstockIO

@Suite("The chain of credentials")
struct CredentialChainTests {
    static func scenarios() throws -> [CredentialScenario] {
        try CredentialScenario.all(in: "default-credential-provider-chain")
    }

    @Test("all 13 scenarios are there")
    func count() throws { #expect(try Self.scenarios().count == 13) }

    @Test("published scenarios", arguments: try scenarios())
    func scenario(_ scenario: CredentialScenario) async throws {
        await scenario.check { CredentialChain(context: $0) }
    }

    private let unreachable = ScriptedSending { _, _ throws(HTTPError) in throw .noConnection }

    private func chain(
        _ variables: [String: String], _ sending: ScriptedSending,
        _ files: [String: String] = [:]
    ) -> CredentialChain {
        let variables = variables.merging(["HOME": "/h"]) { old, _ in old }
        return CredentialChain(
            context: sending.context(
                AWSEnvironment(variables: variables) { files[$0].map { Array($0.utf8) } }))
    }

    @Test("every source is asked in order where none is set up, and the error names each")
    func nothing() async throws {
        let chain = chain([:], unreachable)
        let attempts = await chain.inspect()
        #expect(
            attempts.map(\.source) == [
                "environment", "profile", "web identity", "container", "instance metadata",
            ])
        for attempt in attempts { #expect(attempt.error?.code == .notConfigured) }
        let error = try #require(await chain.failure())
        #expect(error.code == .notConfigured)
        for attempt in attempts {
            #expect(error.description.contains(try #require(attempt.error).description))
        }
        // Once for each search: where there is no such service nobody waits for more.
        #expect(unreachable.requests.count == 2)
    }

    @Test("the search ends with the source that answers")
    func answered() async throws {
        let agent = ScriptedSending { _, _ in .credentials }
        let attempts = await chain(
            ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"], agent
        ).inspect()
        #expect(
            attempts.map(\.source) == ["environment", "profile", "web identity", "container"])
        guard case .success(let credentials) = attempts.last?.outcome else {
            Issue.record("no credentials")
            return
        }
        #expect(credentials.accessKeyID == "AKID")
        #expect(attempts.dropLast().allSatisfy { $0.error?.code == .notConfigured })
        #expect(!"\(attempts)".contains("CANARY"))
        #expect(!String(reflecting: attempts).contains("CANARY"))
        var dumped = ""
        dump(attempts, to: &dumped)
        #expect(!dumped.contains("CANARY"))
    }

    static let failing: [([String: String], [String: String], String, CredentialError.Code)] = [
        (["AWS_ACCESS_KEY_ID": "a"], [:], "environment", .incomplete),
        ([:], ["/h/.aws/config": "nonsense"], "profile", .unreadable),
        (
            [:], ["/h/.aws/credentials": "[default]\naws_access_key_id = a"], "profile", .incomplete
        ),
        (
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com"], [:], "container",
            .invalid
        ),
        (
            ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"], [:], "container", .unavailable
        ),
        (
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:1"], [:],
            "instance metadata", .unavailable
        ),
        (
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "5"], [:], "instance metadata", .invalid
        ),
    ]

    @Test("a source that was set up and fails ends the search", arguments: failing.indices)
    func failure(index: Int) async throws {
        let (variables, files, source, code) = Self.failing[index]
        let chain = chain(variables, unreachable, files)
        let last = try #require(await chain.inspect().last)
        #expect(last.source == source && last.error?.code == code)
        let error = try #require(await chain.failure())
        #expect(error.code == code)
        #expect(error.description.contains("\(source): "))
    }

    @Test("a chain without sources says so")
    func empty() async {
        #expect(await CredentialChain([]).inspect().isEmpty)
        #expect(await CredentialChain([]).failure()?.code == .notConfigured)
    }
}

extension CredentialChain.Attempt {
    fileprivate var error: CredentialError? {
        if case .failure(let error) = outcome { error } else { nil }
    }
}
