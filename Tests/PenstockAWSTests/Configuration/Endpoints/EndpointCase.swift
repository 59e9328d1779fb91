import Foundation
import Testing

@testable import PenstockAWS

/// One of AWS's published cases: parameters to an address or an error.
struct EndpointCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var parameters: EndpointParameters
    /// The address; nil where an error is expected.
    var url: String?
    /// The rule set's words for the error.
    var error: String?
    /// The region to sign for, where the rules name one.
    var signingRegion: String?

    private struct File: Decodable {
        struct Case: Decodable {
            struct Expectation: Decodable {
                struct Endpoint: Decodable {
                    struct Properties: Decodable { var authSchemes: [Scheme]? }
                    struct Scheme: Decodable { var signingRegion: String? }
                    var url: String
                    var properties: Properties?
                }
                var endpoint: Endpoint?
                var error: String?
            }
            struct Parameters: Decodable {
                var Region: String?
                var Endpoint: String?
                var UseFIPS: Bool?
                var UseDualStack: Bool?
                var AccountId: String?
                var AccountIdEndpointMode: String?
                var ResourceArn: String?
                var ResourceArnList: [String]?
                var IsSearchOperation: Bool?
                var UseGlobalEndpoint: Bool?
            }
            var documentation: String
            var expect: Expectation
            var params: Parameters?
        }
        var testCases: [Case]
    }

    /// The cases of a file, in its order.
    static func all(_ name: String) throws -> [EndpointCase] {
        let file = try JSONDecoder().decode(
            File.self, from: TestCases.data("endpoints/\(name)-tests.json"))
        return try file.testCases.enumerated().map { try EndpointCase($1, number: $0 + 1) }
    }

    private init(_ testCase: File.Case, number: Int) throws {
        let given = testCase.params
        var parameters = EndpointParameters(region: given?.Region)
        parameters.configured = given?.Endpoint
        parameters.usesFIPS = given?.UseFIPS ?? false
        parameters.usesDualStack = given?.UseDualStack ?? false
        parameters.account = given?.AccountId
        if let mode = given?.AccountIdEndpointMode {
            parameters.accountMode = try #require(AccountEndpointMode(rawValue: mode))
        }
        parameters.resource = given?.ResourceArn
        parameters.resources = given?.ResourceArnList ?? []
        parameters.isSearch = given?.IsSearchOperation ?? false
        parameters.usesGlobalSTS = given?.UseGlobalEndpoint ?? false
        self.parameters = parameters
        testDescription = "\(number): \(testCase.documentation)"
        let endpoint = testCase.expect.endpoint
        url = endpoint.map { $0.url.hasSuffix("/") ? String($0.url.dropLast()) : $0.url }
        signingRegion = endpoint?.properties?.authSchemes?.first?.signingRegion
        error = testCase.expect.error
    }
}
