import Foundation
import Testing

@testable import PenstockAWS

@Suite("Settings of EC2's metadata service")
struct InstanceMetadataSettingsTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        struct Result: Decodable, Sendable {
            var Ok: String?
            var Err: String?
        }
        var docs: String
        var env: [String: String]
        var fs: [String: String]
        var endpoint_override: String?
        var mode_override: String?
        var result: Result
        var testDescription: String { docs }
    }

    static func cases() throws -> [Case] {
        struct File: Decodable { var tests: [Case] }
        return try JSONDecoder().decode(
            File.self, from: TestCases.data("credentials/imds-endpoint-tests.json")
        ).tests
    }

    // Their texts are another client's own: each repeats a setting's value, which errors here do
    // not. What is compared is the code that says the same.
    private static let codes: [String: CredentialError.Code] = [
        "`error` is not a valid endpoint mode": .invalid,
        "`IPv7` is not a valid endpoint mode": .invalid,
        "invalid uri character": .invalid,
    ]

    @Test("all 14 published cases are there")
    func count() throws { #expect(try Self.cases().count == 14) }

    @Test("published cases", arguments: try cases())
    func published(testCase: Case) throws {
        let environment = AWSEnvironment(variables: testCase.env) {
            testCase.fs[$0].map { Array($0.utf8) }
        }
        func settings() throws -> InstanceMetadataSettings {
            try InstanceMetadataSettings(
                environment, endpoint: testCase.endpoint_override,
                mode: testCase.mode_override.map { $0 == "IPv6" ? .ipv6 : .ipv4 })
        }
        if let url = testCase.result.Ok {
            #expect(try settings().endpoint + InstanceMetadataSettings.tokenPath == url)
        } else {
            let error = #expect(throws: CredentialError.self) { try settings() }
            let text = try #require(testCase.result.Err)
            #expect(try #require(error).code == Self.codes[text])
        }
    }

    private func settings(
        _ variables: [String: String] = [:], config: String = ""
    ) throws -> InstanceMetadataSettings {
        try InstanceMetadataSettings(
            AWSEnvironment(variables: variables.merging(["HOME": "/h"]) { $1 }) {
                $0 == "/h/.aws/config" ? Array(config.utf8) : nil
            })
    }

    @Test("the first version is switched off by variable or profile, the variable first")
    func version1() throws {
        #expect(try settings().allowsVersion1)
        #expect(try !settings(["AWS_EC2_METADATA_V1_DISABLED": "TRUE"]).allowsVersion1)
        let config = "[default]\nec2_metadata_v1_disabled = true"
        #expect(try !settings(config: config).allowsVersion1)
        #expect(
            try settings(["AWS_EC2_METADATA_V1_DISABLED": "false"], config: config).allowsVersion1)
    }

    @Test(
        "a switch that is neither on nor off is an error that names it",
        arguments: ["1", "0", "yes", "ture", "CANARY"])
    func wrongSwitch(value: String) {
        let property = "[default]\nec2_metadata_v1_disabled = x\(value)"
        for (variables, config) in [
            (["AWS_EC2_METADATA_V1_DISABLED": value], ""), ([:], property),
        ] {
            let error = #expect(throws: CredentialError.self) {
                try settings(variables, config: config)
            }
            #expect(error?.code == .invalid)
            #expect(error?.description.lowercased().contains("v1_disabled") == true)
            #expect(error?.description.contains("CANARY") == false)
        }
        let name = "AWS_EC2_METADATA_DISABLED"
        let error = #expect(throws: CredentialError.self) {
            try InstanceMetadataSettings.isDisabled(AWSEnvironment(variables: [name: value]))
        }
        #expect(error?.code == .invalid)
        #expect(error?.description == "\(name) is not true or false.")
    }

    @Test("the service is switched off by a variable", arguments: [nil, "true", "True", "false"])
    func disabled(value: String?) throws {
        var variables: [String: String] = [:]
        variables["AWS_EC2_METADATA_DISABLED"] = value
        let isDisabled = try InstanceMetadataSettings.isDisabled(
            AWSEnvironment(variables: variables))
        #expect(isDisabled == (value?.lowercased() == "true"))
    }

    @Test("an endpoint of one's own is told from the standard ones")
    func configured() throws {
        #expect(try !settings().isConfigured)
        #expect(try !settings(["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6"]).isConfigured)
        let own = try settings(["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://host:1/a/"])
        #expect(own.isConfigured && own.endpoint == "http://host:1/a")
    }

    @Test(
        "an endpoint that is no address of a host is refused and not shown",
        arguments: [
            "CANARY", "http://CANARY@host/", "http://host\\CANARY", "http://host/?CANARY",
            "http://host/\r\nCANARY: x", "ftp://CANARY",
        ])
    func refused(endpoint: String) {
        let error = #expect(throws: CredentialError.self) {
            try settings(["AWS_EC2_METADATA_SERVICE_ENDPOINT": endpoint])
        }
        #expect(error?.code == .invalid)
        #expect(error?.description.contains("CANARY") == false)
    }
}
