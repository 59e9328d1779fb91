import Penstock
import Testing

@testable import PenstockAWS

@Suite("Endpoints by variables and properties")
struct EndpointSettingsTests {
    private func settings(
        _ variables: [String: String], profile: String = ""
    ) throws -> AWSSettings {
        let file = Array("[default]\n\(profile)\n".utf8)
        return try AWSSettings(
            AWSEnvironment(variables: variables.merging(["HOME": "/h"]) { old, _ in old }) {
                $0 == "/h/.aws/config" ? file : nil
            })
    }

    private func url(
        _ service: AWSService, _ variables: [String: String], profile: String = "",
        region: String = "eu-west-1"
    ) throws -> String {
        try settings(variables, profile: profile).endpoint(of: service, region: region).url
    }

    @Test("FIPS and dual stack, the variable before the property") func variants() throws {
        let fips = "https://dynamodb-fips.eu-west-1.amazonaws.com"
        #expect(try url(.dynamoDB, ["AWS_USE_FIPS_ENDPOINT": "TRUE"]) == fips)
        #expect(try url(.dynamoDB, [:], profile: "use_fips_endpoint = true") == fips)
        #expect(
            try url(
                .dynamoDB, ["AWS_USE_FIPS_ENDPOINT": "false"], profile: "use_fips_endpoint = true")
                == "https://dynamodb.eu-west-1.amazonaws.com")
        let dualStack = "https://streams-dynamodb.eu-west-1.api.aws"
        #expect(try url(.dynamoDBStreams, ["AWS_USE_DUALSTACK_ENDPOINT": "true"]) == dualStack)
        #expect(
            try url(.dynamoDBStreams, [:], profile: "use_dualstack_endpoint = True") == dualStack)
    }

    @Test("a variant and a configured endpoint exclude each other") func conflict() throws {
        let variables = [
            "AWS_USE_FIPS_ENDPOINT": "true", "AWS_ENDPOINT_URL_DYNAMODB": "https://example.com",
        ]
        let error = #expect(throws: AWSConfigurationError.self) { try url(.dynamoDB, variables) }
        #expect(error?.code == .conflictingEndpoint)
        #expect(error?.kind == .fatal)
        #expect(try url(.sts, variables) == "https://sts-fips.eu-west-1.amazonaws.com")
        #expect(throws: AWSConfigurationError.self) {
            try url(.dynamoDB, ["AWS_USE_DUALSTACK_ENDPOINT": "true"], region: "local")
        }
    }

    @Test(
        "a setting that is not what it takes is named",
        arguments: [
            ("AWS_USE_FIPS_ENDPOINT", "yes"), ("AWS_USE_DUALSTACK_ENDPOINT", "1"),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "on"),
            ("AWS_ACCOUNT_ID_ENDPOINT_MODE", "prefer"),
        ])
    func invalid(variable: String, value: String) {
        let error = #expect(throws: AWSConfigurationError.self) {
            try url(.dynamoDB, [variable: value])
        }
        #expect(error?.code == .invalidSetting)
        #expect(error?.description.contains(variable) == true)
    }

    @Test("an invalid property is named with its profile") func invalidProperty() {
        let error = #expect(throws: AWSConfigurationError.self) {
            try url(.dynamoDB, [:], profile: "use_fips_endpoint = yes")
        }
        #expect(error?.description.contains("use_fips_endpoint of the profile \"default\"") == true)
    }

    @Test("STS has a region's host unless the old way is asked for") func sts() throws {
        #expect(try url(.sts, [:]) == "https://sts.eu-west-1.amazonaws.com")
        let global = "https://sts.amazonaws.com"
        #expect(try url(.sts, ["AWS_STS_REGIONAL_ENDPOINTS": "legacy"]) == global)
        #expect(try url(.sts, [:], profile: "sts_regional_endpoints = legacy") == global)
        #expect(
            try url(
                .sts, ["AWS_STS_REGIONAL_ENDPOINTS": "regional"],
                profile: "sts_regional_endpoints = legacy")
                == "https://sts.eu-west-1.amazonaws.com")
        #expect(
            try url(.sts, ["AWS_STS_REGIONAL_ENDPOINTS": "legacy"], region: "af-south-1")
                == "https://sts.af-south-1.amazonaws.com")
        #expect(throws: AWSConfigurationError.self) {
            try url(.sts, ["AWS_STS_REGIONAL_ENDPOINTS": "global"])
        }
        let signing = try settings(["AWS_STS_REGIONAL_ENDPOINTS": "legacy"])
            .endpoint(of: .sts, region: "eu-west-1").signingRegion
        #expect(signing == "us-east-1")
    }

    @Test("hosts of accounts are used only where they are asked for") func accounts() throws {
        func mode(_ variables: [String: String], profile: String = "") throws -> AccountEndpointMode
        {
            try settings(variables, profile: profile)
                .parameters(of: .dynamoDB, region: "eu-west-1").accountMode
        }
        #expect(try mode([:]) == .disabled)
        #expect(try mode(["AWS_ACCOUNT_ID_ENDPOINT_MODE": "Preferred"]) == .preferred)
        #expect(try mode([:], profile: "account_id_endpoint_mode = required") == .required)
        #expect(
            try mode(
                ["AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled"],
                profile: "account_id_endpoint_mode = required") == .disabled)
        let streams = try settings(["AWS_ACCOUNT_ID_ENDPOINT_MODE": "required"])
            .parameters(of: .dynamoDBStreams, region: "eu-west-1")
        #expect(streams.accountMode == .disabled)
    }

    @Test(
        "each service has a variable and a section of its own",
        arguments: [
            (AWSService.dynamoDB, "DYNAMODB", "dynamodb"),
            (.dynamoDBStreams, "DYNAMODB_STREAMS", "dynamodb_streams"),
            (.resourceGroupsTagging, "RESOURCE_GROUPS_TAGGING_API", "resource_groups_tagging_api"),
            (.sts, "STS", "sts"), (.sso, "SSO", "sso"), (.ssoOIDC, "SSO_OIDC", "sso_oidc"),
        ])
    func services(service: AWSService, variable: String, section: String) throws {
        let other = "https://other.example"
        #expect(
            try url(
                service, ["AWS_ENDPOINT_URL_\(variable)": other, "AWS_ENDPOINT_URL": "https://x"])
                == other)
        let profile = """
            services = mine
            endpoint_url = https://x.example
            [services mine]
            \(section) =
              endpoint_url = \(other)
            """
        #expect(try url(service, [:], profile: profile) == other)
    }
}
