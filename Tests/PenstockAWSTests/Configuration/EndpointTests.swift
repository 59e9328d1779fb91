import Foundation
import Testing

@testable import PenstockAWS

@Suite("Regions and endpoints")
struct EndpointTests {
    struct RegionCase: Sendable, CustomTestStringConvertible {
        var region: String
        var url: String
        var testDescription: String { region }
    }

    /// The cases that name a region alone: neither FIPS nor dual stack nor accounts.
    static func regionCases() throws -> [RegionCase] {
        let file = try JSONSerialization.jsonObject(
            with: TestCases.data("endpoints/dynamodb-tests.json"))
        let cases = (file as? [String: Any])?["testCases"] as? [[String: Any]] ?? []
        return cases.compactMap { testCase in
            guard let parameters = testCase["params"] as? [String: Any],
                Set(parameters.keys) == ["Region", "UseFIPS", "UseDualStack"],
                parameters["UseFIPS"] as? Bool == false,
                parameters["UseDualStack"] as? Bool == false,
                let region = parameters["Region"] as? String,
                let expect = testCase["expect"] as? [String: Any],
                let endpoint = expect["endpoint"] as? [String: Any],
                let url = endpoint["url"] as? String
            else { return nil }
            return RegionCase(region: region, url: url)
        }
    }

    @Test("the standard host of a region, AWS's own cases", arguments: try regionCases())
    func standard(testCase: RegionCase) throws {
        let settings = try AWSSettings(AWSEnvironment(variables: [:]))
        let endpoint = try settings.endpoint(of: .dynamoDB, region: testCase.region)
        #expect(endpoint.url == testCase.url)
        #expect(
            endpoint.signingRegion == (testCase.region == "local" ? "us-east-1" : testCase.region))
    }

    @Test("there are 30 such cases")
    func count() throws { #expect(try Self.regionCases().count == 30) }

    @Test(
        "the newest partitions have their own hosts",
        arguments: [
            ("eusc-de-east-1", "https://dynamodb.eusc-de-east-1.amazonaws.eu"),
            ("eu-isoe-west-1", "https://dynamodb.eu-isoe-west-1.cloud.adc-e.uk"),
            ("us-isof-south-1", "https://dynamodb.us-isof-south-1.csp.hci.ic.gov"),
        ])
    func partitions(region: String, url: String) throws {
        let settings = try AWSSettings(AWSEnvironment(variables: [:]))
        #expect(try settings.endpoint(of: .dynamoDB, region: region).url == url)
    }

    @Test("the region is the first of code, AWS_REGION, AWS_DEFAULT_REGION, profile")
    func regionOrder() throws {
        let files = ["/h/.aws/config": "[default]\nregion = from-profile\n"]
        func region(_ variables: [String: String], _ explicit: String? = nil) throws -> String {
            let home = variables.merging(["HOME": "/h"]) { old, _ in old }
            return try AWSSettings(
                AWSEnvironment(variables: home) { files[$0].map { Array($0.utf8) } }
            ).region(explicit: explicit)
        }
        let all = ["AWS_REGION": "first", "AWS_DEFAULT_REGION": "second"]
        #expect(try region(all, "code") == "code")
        #expect(try region(all) == "first")
        #expect(try region(["AWS_REGION": " ", "AWS_DEFAULT_REGION": "second"]) == "second")
        #expect(try region([:]) == "from-profile")
        #expect(throws: AWSConfigurationError.self) { try region(["HOME": "/elsewhere"]) }
    }

    @Test("a region that is no part of a host's name is refused", arguments: ["a.b/", "x@y", "é"])
    func invalidRegion(region: String) throws {
        let settings = try AWSSettings(AWSEnvironment(variables: [:]))
        #expect(throws: AWSConfigurationError.self) { try settings.region(explicit: region) }
    }

    @Test(
        "an endpoint is an http or https address",
        arguments: ["", "localhost:8000", "ftp://h", "https://", "https://a b", "http://h/?x"])
    func invalidEndpoint(url: String) throws {
        let settings = try AWSSettings(AWSEnvironment(variables: [:]))
        #expect(throws: AWSConfigurationError.self) {
            try settings.endpoint(of: .dynamoDB, region: "r", explicit: url)
        }
    }
}
