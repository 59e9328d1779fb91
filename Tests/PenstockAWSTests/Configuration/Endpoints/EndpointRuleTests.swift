import Foundation
import Testing

@testable import PenstockAWS

/// All of them pass; two of their words have another form here: an address is kept without a slash
/// at its end, and an error is told by its code.
@Suite("Endpoints, AWS's own cases")
struct EndpointRuleTests {
    @Test("DynamoDB", arguments: try EndpointCase.all("dynamodb"))
    func dynamoDB(testCase: EndpointCase) { check(testCase, .dynamoDB) }

    @Test("DynamoDB Streams", arguments: try EndpointCase.all("dynamodbstreams"))
    func streams(testCase: EndpointCase) { check(testCase, .dynamoDBStreams) }

    @Test("STS", arguments: try EndpointCase.all("sts"))
    func sts(testCase: EndpointCase) { check(testCase, .sts) }

    @Test(
        "all cases are there",
        arguments: [("dynamodb", 548), ("dynamodbstreams", 26), ("sts", 69)])
    func count(file: String, count: Int) throws {
        #expect(try EndpointCase.all(file).count == count)
    }

    private func check(_ testCase: EndpointCase, _ service: AWSService) {
        do {
            let endpoint = try service.endpoint(testCase.parameters)
            #expect(endpoint.url == testCase.url)
            if let region = testCase.signingRegion { #expect(endpoint.signingRegion == region) }
        } catch {
            let isMissing = testCase.error == "Invalid Configuration: Missing Region"
            #expect(testCase.error != nil)
            #expect(error.code == (isMissing ? .missingRegion : .conflictingEndpoint))
        }
    }

    /// The published rule set of the Resource Groups Tagging API has no cases of its own: a region's
    /// host in four forms, GovCloud no exception.
    @Test(
        "Resource Groups Tagging",
        arguments: [
            ("eu-west-1", false, false, "tagging.eu-west-1.amazonaws.com"),
            ("eu-west-1", true, false, "tagging-fips.eu-west-1.amazonaws.com"),
            ("eu-west-1", false, true, "tagging.eu-west-1.api.aws"),
            ("eu-west-1", true, true, "tagging-fips.eu-west-1.api.aws"),
            ("us-gov-west-1", false, false, "tagging.us-gov-west-1.amazonaws.com"),
            ("us-gov-west-1", true, false, "tagging-fips.us-gov-west-1.amazonaws.com"),
            ("us-gov-west-1", false, true, "tagging.us-gov-west-1.api.aws"),
            ("cn-north-1", false, false, "tagging.cn-north-1.amazonaws.com.cn"),
            ("cn-north-1", false, true, "tagging.cn-north-1.api.amazonwebservices.com.cn"),
            ("us-iso-east-1", true, false, "tagging-fips.us-iso-east-1.c2s.ic.gov"),
        ])
    func tagging(region: String, isFIPS: Bool, isDualStack: Bool, host: String) throws {
        var parameters = EndpointParameters(region: region)
        parameters.usesFIPS = isFIPS
        parameters.usesDualStack = isDualStack
        let endpoint = try AWSService.resourceGroupsTagging.endpoint(parameters)
        #expect(endpoint.url == "https://" + host)
        #expect(endpoint.signingRegion == region)
        parameters.configured = "https://example.com"
        let refused = (try? AWSService.resourceGroupsTagging.endpoint(parameters)) == nil
        #expect(refused == (isFIPS || isDualStack))
    }

    @Test(
        "single sign-on",
        arguments: [
            ("eu-west-1", false, "portal.sso.eu-west-1.amazonaws.com"),
            ("eu-west-1", true, "portal.sso-fips.eu-west-1.amazonaws.com"),
            ("us-gov-west-1", true, "portal.sso.us-gov-west-1.amazonaws.com"),
            ("cn-north-1", false, "portal.sso.cn-north-1.amazonaws.com.cn"),
        ])
    func singleSignOn(region: String, isFIPS: Bool, host: String) throws {
        var parameters = EndpointParameters(region: region)
        parameters.usesFIPS = isFIPS
        #expect(try AWSService.sso.endpoint(parameters).url == "https://" + host)
        let oidc = host.replacing("portal.sso", with: "oidc")
        #expect(try AWSService.ssoOIDC.endpoint(parameters).url == "https://" + oidc)
    }

    @Test("the region local is a server on this machine, for DynamoDB and its streams alone")
    func local() throws {
        for service in [AWSService.dynamoDB, .dynamoDBStreams] {
            let endpoint = try service.endpoint(EndpointParameters(region: "local"))
            #expect(endpoint.url == "http://localhost:8000")
            #expect(endpoint.signingRegion == "us-east-1")
        }
        let sts = try AWSService.sts.endpoint(EndpointParameters(region: "local"))
        #expect(sts.url == "https://sts.local.amazonaws.com")
    }
}
