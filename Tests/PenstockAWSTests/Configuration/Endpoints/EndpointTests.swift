import Testing

@testable import PenstockAWS

@Suite("Regions and endpoints")
struct EndpointTests {
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
