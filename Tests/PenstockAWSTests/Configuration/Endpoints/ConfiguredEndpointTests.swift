import Foundation
import Testing

@testable import PenstockAWS

@Suite("Endpoints by variables and profiles, AWS's own cases")
struct ConfiguredEndpointTests {
    struct Suite: Decodable, Sendable {
        struct Client: Decodable, Sendable {
            var endpoint_url: String?
            var ignore_configured_endpoint_urls: Bool?
        }
        struct Case: Decodable, Sendable {
            struct Output: Decodable, Sendable { var endpointUrl: String }
            var name: String
            var profile: String
            var client_config: String
            var environment: String
            var service: String
            var output: Output
        }
        var profiles: [String: [String: String]]
        var services: [String: [String: [String: String]]]
        var client_configs: [String: Client]
        var environments: [String: [String: String]]
        var endpointUrlTests: [Case]
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var suite: Suite
        var testCase: Suite.Case
        var testDescription: String { testCase.name }
    }

    static func cases() throws -> [Case] {
        struct File: Decodable { var testSuites: [Suite] }
        return try JSONDecoder().decode(
            File.self, from: TestCases.data("endpoints/configured-urls-tests.json")
        ).testSuites.flatMap { suite in
            suite.endpointUrlTests.map { Case(suite: suite, testCase: $0) }
        }
    }

    @Test("all 39 cases are there") func count() throws { #expect(try Self.cases().count == 39) }

    @Test("configured endpoints", arguments: try cases())
    func endpoint(testCase: Case) throws {
        let (suite, testCase) = (testCase.suite, testCase.testCase)
        var variables = try #require(suite.environments[testCase.environment])
        variables["AWS_CONFIG_FILE"] = "config"
        let client = try #require(suite.client_configs[testCase.client_config])
        if client.ignore_configured_endpoint_urls == true {
            variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true"
        }
        let config = Array(Self.configFile(suite).utf8)
        let settings = try AWSSettings(
            AWSEnvironment(variables: variables) { $0 == "config" ? config : nil },
            profile: testCase.profile)
        let service = AWSService(
            signingName: testCase.service, hostPrefix: testCase.service,
            variable: testCase.service.uppercased(), profileName: testCase.service)
        let endpoint = try settings.endpoint(
            of: service, region: settings.region(), explicit: client.endpoint_url)
        #expect(endpoint.url == testCase.output.endpointUrl)
    }

    private static func configFile(_ suite: Suite) -> String {
        var lines: [String] = []
        for (name, properties) in suite.profiles {
            lines.append("[profile \(name)]")
            lines += properties.map { "\($0) = \($1)" }
        }
        for (name, services) in suite.services {
            lines.append("[services \(name)]")
            for (service, properties) in services {
                lines.append("\(service) =")
                lines += properties.map { "  \($0) = \($1)" }
            }
        }
        return lines.joined(separator: "\n")
    }
}
