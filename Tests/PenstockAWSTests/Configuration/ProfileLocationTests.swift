import Foundation
import Testing

@testable import PenstockAWS

@Suite("Where the shared files lie, AWS's own cases")
struct ProfileLocationTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var environment: [String: String]
        var platform: String
        var profile: String?
        var configLocation: String
        var credentialsLocation: String
        var testDescription: String { name }
    }

    static func cases() throws -> [Case] {
        struct File: Decodable { var tests: [Case] }
        return try JSONDecoder().decode(
            File.self, from: TestCases.data("profiles/file-location-tests.json")
        ).tests
    }

    /// The package is for Linux: of the 9 cases 5 are about Windows.
    @Test("the cases for Linux", arguments: try cases().filter { $0.platform == "linux" })
    func location(testCase: Case) {
        let locations = ProfileLocations(AWSEnvironment(variables: testCase.environment))
        #expect(locations.config == testCase.configLocation)
        #expect(locations.credentials == testCase.credentialsLocation)
        if let profile = testCase.profile { #expect(locations.profile == profile) }
    }

    @Test("four of the nine cases are for Linux")
    func count() throws {
        #expect(try Self.cases().count == 9)
        #expect(try Self.cases().count { $0.platform == "linux" } == 4)
    }

    @Test("a tilde in a variable is the home directory")
    func tilde() {
        let locations = ProfileLocations(
            AWSEnvironment(variables: ["HOME": "/h", "AWS_CONFIG_FILE": "~/c"]), profile: "p")
        #expect(locations.config == "/h/c")
        #expect(locations.profile == "p")
    }

    @Test("without HOME an error says so, and not that there are no files")
    func homeless() throws {
        let error = #expect(throws: AWSConfigurationError.self) {
            try AWSProfile(AWSEnvironment(variables: [:]), name: "orders")
        }
        #expect(
            error?.description
                == "There is no profile \"orders\" in any file: HOME is not set.")
    }

    @Test("the home folder comes from the list of users where no variable names it")
    func listed() throws {
        let folder = try #require(HomeFolder.current())
        #expect(folder.hasPrefix("/"))
        #expect(AWSEnvironment.process["HOME"] != nil)
    }
}
