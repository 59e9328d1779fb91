import Foundation
import Testing

@testable import PenstockAWS

@Suite("Addresses of containers' agents")
struct ContainerAddressTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        struct Result: Decodable, Sendable {
            var Ok: String?
            var ErrorContains: String?
        }
        var docs: String
        var env: [String: String]
        var result: Result
        var testDescription: String { docs }
    }

    static func cases() throws -> [Case] {
        struct File: Decodable { var tests: [Case] }
        return try JSONDecoder().decode(
            File.self, from: TestCases.data("credentials/ecs-tests.json")
        ).tests
    }

    // Their texts are another client's own; what is compared is the code that says the same.
    private static let codes: [String: CredentialError.Code] = [
        "No environment variables were set to configure ECS provider": .notConfigured,
        "URI did not specify a host": .invalid,
    ]

    @Test("all 11 published cases are there")
    func count() throws { #expect(try Self.cases().count == 11) }

    @Test("published cases", arguments: try cases())
    func published(testCase: Case) throws {
        let environment = AWSEnvironment(variables: testCase.env)
        if let url = testCase.result.Ok {
            #expect(try ContainerAddress(environment).url == url)
        } else {
            let error = #expect(throws: CredentialError.self) {
                try ContainerAddress(environment)
            }
            let text = try #require(testCase.result.ErrorContains)
            #expect(try #require(error).code == Self.codes[text])
        }
    }

    private func error(_ variable: String, _ value: String) -> CredentialError? {
        do throws(CredentialError) {
            _ = try ContainerAddress(AWSEnvironment(variables: [variable: value]))
            return nil
        } catch { return error }
    }

    @Test(
        "plain HTTP goes to this machine and the agents alone",
        arguments: [
            "http://example.com/x", "http://10.0.0.1/x", "http://169.254.169.254/x",
            "http://169.254.170.3/x", "http://[fd00:ec2::254]/x", "http://[::2]/x",
            // Names that lead to this machine may lead elsewhere a moment later.
            "http://localhost.example.com/x", "http://127.0.0.1.example.com/x",
            "http://localhost./",
            // Other spellings of addresses, which readers understand in different ways.
            "http://2130706433/x", "http://0x7f.0.0.1/x", "http://127.1/x", "http://0177.0.0.1/x",
            "http://127.0.0.01/x", "http://[::ffff:127.0.0.1]/x",
        ])
    func hosts(url: String) {
        let error = error("AWS_CONTAINER_CREDENTIALS_FULL_URI", url)
        #expect(error?.code == .invalid)
        #expect(error?.description.contains("without TLS") == true)
    }

    @Test(
        "loopback and the agents are asked in each spelling",
        arguments: [
            "http://127.0.0.1/x", "http://127.255.0.9:8080?x", "http://[::1]:80/x",
            "http://LOCALHOST/x", "HTTP://[0:0:0:0:0:0:0:1]/", "http://[FD00:EC2:0::23]/x",
            "http://169.254.170.23", "https://example.com:8443/x?y=z", "https://[2001:db8::1]/x",
        ])
    func allowed(url: String) { #expect(error("AWS_CONTAINER_CREDENTIALS_FULL_URI", url) == nil) }

    @Test(
        "what another reader could take for a different host is refused",
        arguments: [
            "http://localhost@example.com/", "http://localhost:80@example.com/",
            "http://@localhost/",
            "http://localhost\\@example.com/", "http://example.com#@localhost/",
            "http://localhost#/",
            "http://localhost\r\nHost: x/", "http://localhost/\nX: y", "http://local host/",
            "http://localhost/\u{e9}", "http://localhost/\u{7f}", "http://localhost/\u{0}",
            "http://lo%63alhost/", "http:///x", "http://:80/x", "http://localhost:/x",
            "http://localhost:0/", "http://localhost:65536/", "http://localhost:8o/",
            "http://[::1/x", "http://[::1]x/", "http://[::1%25lo]/", "http://[localhost]/",
            "http:/localhost/", "//localhost/x", "localhost/x", "ftp://localhost/",
            "file:///etc/passwd", "https://user:pass@example.com/", "https://", "https:///",
        ])
    func spellings(url: String) {
        #expect(error("AWS_CONTAINER_CREDENTIALS_FULL_URI", url)?.code == .invalid)
    }

    @Test(
        "a relative address stays on its host",
        arguments: [
            "@example.com/", "example.com", ".example.com/x", ":8080/x", "x", "\\/x", "?x",
            "/x\r\nHost: y", "/x y", "/x#y", "/\\x", "/\u{e9}",
        ])
    func relative(path: String) {
        let error = error("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", path)
        #expect(error?.code == .invalid)
        #expect(error?.description.contains("example") == false)
    }
}
