import Penstock
import PenstockIO
import Testing

@testable import PenstockAWS

@Suite("The way to AWS, by variables and properties")
struct HTTPSettingsTests {
    private static let authority = "/certificates/authority.pem"

    private func settings(
        _ variables: [String: String] = [:], profile: String = "",
        files: [String: [UInt8]] = [:]
    ) throws -> AWSSettings {
        var files = files
        files["/h/.aws/config"] = Array("[default]\n\(profile)\n".utf8)
        files[Self.authority] = Array(try TestCases.data("certificates/authority.pem"))
        return try AWSSettings(
            AWSEnvironment(variables: variables.merging(["HOME": "/h"]) { old, _ in old }) {
                [files] in files[$0]
            })
    }

    @Test(
        "a proxy of the environment, in both spellings", arguments: ["HTTPS_PROXY", "https_proxy"])
    func proxy(variable: String) throws {
        let http = try settings([variable: "http://me:pw@proxy:3128", "NO_PROXY": "a.example,.b"])
            .httpConfiguration()
        var expected = HTTPProxy(url: "http://proxy:3128", user: "me", password: "pw")
        expected.carriesPlainHTTP = false
        #expect(http.proxy == expected)
        #expect(http.noProxy == ["a.example", ".b"])
        #expect(try settings([:]).httpConfiguration().proxy == nil)
    }

    @Test("a variable that names no proxy is an error that names it and not its value")
    func badProxy() throws {
        let settings = try settings(["HTTPS_PROXY": "socks5://me:hunter2@proxy:1"])
        let error = #expect(throws: AWSConfigurationError.self) {
            try settings.httpConfiguration()
        }
        #expect(error?.code == .invalidProxy)
        #expect(error?.kind == .fatal)
        #expect(error?.description == "HTTPS_PROXY is not the address of an HTTP proxy.")
        let own = HTTPProxy(url: "http://own:1")
        #expect(try settings.httpConfiguration(proxy: own).proxy == own)
    }

    @Test("certificate authorities: the variable before the profile") func authorities() throws {
        let path = Self.authority
        #expect(
            try settings(["AWS_CA_BUNDLE": path], profile: "ca_bundle = /else").httpConfiguration()
                .certificateAuthorities == path)
        #expect(
            try settings(profile: "ca_bundle = \(path)").httpConfiguration().certificateAuthorities
                == path)
        #expect(try settings().httpConfiguration().certificateAuthorities == nil)
    }

    @Test(
        "a file of authorities that is missing or holds none is named with its place",
        arguments: [
            ("/none", "does not exist"), ("/empty", "holds no certificate"),
            ("/text", "holds no certificate"), ("/broken", "holds no certificate"),
            ("/key", "holds no certificate"),
        ])
    func badAuthorities(path: String, fault: String) throws {
        let begin = "-----BEGIN CERTIFICATE-----\n"
        let files: [String: String] = [
            "/empty": "", "/text": "not a certificate",
            "/broken": begin + "AAAA\n-----END CERTIFICATE-----\n",
            "/key": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        ]
        let bytes = files.mapValues { Array($0.utf8) }
        for (variables, profile, place) in [
            (["AWS_CA_BUNDLE": path], "", "AWS_CA_BUNDLE"),
            ([:], "ca_bundle = \(path)", "ca_bundle of the profile \"default\""),
        ] {
            let error = #expect(throws: AWSConfigurationError.self) {
                try settings(variables, profile: profile, files: bytes).httpConfiguration()
            }
            #expect(error?.code == .invalidAuthorities)
            #expect(
                error?.description == "The file of certificate authorities \(path), named by "
                    + "\(place), \(fault).")
        }
    }

    @Test("a file of authorities that cannot be read is named with the reason")
    func unreadableAuthorities() throws {
        let settings = try AWSSettings(
            AWSEnvironment(variables: ["AWS_CA_BUNDLE": "/"], readFile: { try SmallFile.read($0) }))
        let error = #expect(throws: AWSConfigurationError.self) {
            try settings.httpConfiguration()
        }
        #expect(error?.description.contains("cannot be read: it is not a regular file") == true)
    }

    @Test("plain HTTP is allowed only where an endpoint was named that way") func plainHTTP() throws
    {
        func allows(_ variables: [String: String], _ endpoint: String? = nil) throws -> Bool {
            try settings(variables).httpConfiguration(endpoint: endpoint).allowsPlainHTTP
        }
        #expect(try !allows([:]))
        #expect(try !allows([:], "https://table.example"))
        #expect(try allows([:], "http://table.example"))
        #expect(try allows(["AWS_ENDPOINT_URL_STS": "http://sts.example"]))
        #expect(
            try !allows([
                "AWS_ENDPOINT_URL": "http://all.example",
                "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
            ]))
        var own = HTTPClientConfiguration()
        own.connectionsPerHost = 3
        let given = try settings(["HTTPS_PROXY": "socks5://h"])
            .httpConfiguration(own, endpoint: "http://table.example")
        #expect(given.connectionsPerHost == 3)
        #expect(given.proxy == nil)
        #expect(given.allowsPlainHTTP)
    }

    @Test("hosts outside of this machine that are reached over plain HTTP are known") func hosts()
        throws
    {
        #expect(try settings().plainHTTPHosts(endpoint: "http://localhost:8000") == [])
        #expect(
            try settings().plainHTTPHosts(endpoint: "http://table.example:8000") == [
                "table.example"
            ])
        let variables = [
            "AWS_ENDPOINT_URL": "http://all.example:4566",
            "AWS_ENDPOINT_URL_STS": "https://s.example",
        ]
        #expect(try settings(variables).plainHTTPHosts() == ["all.example"])
    }

    @Test("a wrong configuration is an error of the first request, and is looked at again")
    func requests() async throws {
        let http = ServiceHTTP(
            environment: AWSEnvironment(variables: ["AWS_CA_BUNDLE": "/none"]), profile: nil,
            http: nil)
        for _ in 0..<2 {
            let error = await #expect(throws: HTTPError.self) {
                try await http.send(HTTPRequest(url: "https://sts.invalid/"), timeout: .seconds(5))
            }
            #expect(error?.code == .invalidRequest)
            #expect(error?.kind == .fatal)
            #expect(error?.description.contains("/none, named by AWS_CA_BUNDLE") == true)
        }
    }

    @Test("metadata servers are never asked through a proxy, services never over plain HTTP")
    func metadata() async throws {
        let context = AWSContext(
            environment: AWSEnvironment(variables: ["HTTPS_PROXY": "http://proxy:1"]))
        let metadata = try #require(context.metadata as? HTTPClient)
        #expect(metadata.configuration.proxy == nil)
        let error = await #expect(throws: HTTPError.self) {
            try await context.services.send(
                HTTPRequest(url: "http://sts.eu-west-1.amazonaws.com/"), timeout: .seconds(5))
        }
        #expect(error?.code == .refused)
    }
}
