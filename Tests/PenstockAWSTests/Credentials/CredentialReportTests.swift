import Penstock
import Testing

@testable import PenstockAWS

@Suite struct `Reports of credentials` {
    private func report(_ provider: any CredentialProvider) async -> CredentialReport {
        // No region, so that STS is not asked.
        await CredentialReport(
            of: provider, name: "own", region: nil,
            context: AWSContext(environment: AWSEnvironment(variables: [:])))
    }

    @Test func `show four characters of the key, account and end, and nothing secret`() async {
        let lines = await report(
            Credentials(
                accessKeyID: "ASIA123456789canary", secretAccessKey: "canary",
                sessionToken: "canary", expiration: Timestamp(milliseconds: 1_795_262_400_000),
                accountID: "123456789012")
        ).lines
        #expect(lines[0] == "own: answers")
        #expect(lines.contains("  access key  ASIA..."))
        #expect(lines.contains("  account     123456789012"))
        #expect(lines.contains("  expires     2026-11-21T12:00:00Z"))
        #expect(!lines.joined().contains("canary"))
    }

    @Test func `tell why each source of a chain has none`() async {
        let chain = CredentialChain([
            .init("first", EnvironmentCredentials(AWSEnvironment(variables: [:]))),
            .init("second", Credentials(accessKeyID: "AKIA", secretAccessKey: "s")),
            .init("third", Credentials(accessKeyID: "B", secretAccessKey: "s")),
        ])
        let report = await report(chain)
        #expect(report.credentials?.accessKeyID == "AKIA")
        #expect(report.lines[0].hasPrefix("first: "))
        #expect(report.lines[1] == "second: answers")
        #expect(!report.lines.contains { $0.hasPrefix("third") })
        #expect(report.lines.contains { $0.hasPrefix("  identity    not known: ") })
    }

    @Test func `have no credentials where none answers`() async {
        let report = await report(EnvironmentCredentials(AWSEnvironment(variables: [:])))
        #expect(report.credentials == nil)
        #expect(report.identity == nil)
        #expect(report.lines.count == 1)
    }
}
