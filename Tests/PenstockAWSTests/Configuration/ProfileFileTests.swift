import Foundation
import Testing

@testable import PenstockAWS

@Suite("Profiles, AWS's own cases")
struct ProfileFileTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        struct Input: Decodable, Sendable {
            var configFile: String?
            var credentialsFile: String?
        }
        struct Output: Decodable, Sendable {
            struct Config: Decodable, Sendable {
                var profiles: [String: [String: String]]
                var sso_sessions: [String: [String: String]]?
            }
            var config: Config?
            var errorContaining: String?
        }
        var name: String
        var input: Input
        var output: Output
        var testDescription: String { name }
    }

    static func cases() throws -> [Case] {
        struct File: Decodable { var tests: [Case] }
        return try JSONDecoder().decode(
            File.self, from: TestCases.data("profiles/profile-parser-tests.json")
        ).tests
    }

    @Test("all 65 cases are there") func count() throws { #expect(try Self.cases().count == 65) }

    @Test("texts to profiles", arguments: try cases())
    func parse(testCase: Case) throws {
        func read() throws(ProfileFileError) -> SharedProfiles {
            try SharedProfiles(
                config: testCase.input.configFile ?? "",
                credentials: testCase.input.credentialsFile ?? "")
        }
        if let expected = testCase.output.errorContaining {
            let error = #expect(throws: ProfileFileError.self) { try read() }
            #expect(error?.reason.contains(expected) == true)
        }
        if let expected = testCase.output.config {
            let profiles = try read()
            #expect(profiles.profiles == expected.profiles)
            #expect(profiles.ssoSessions == expected.sso_sessions ?? [:])
        }
    }
}
