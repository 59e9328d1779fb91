import Foundation
import Penstock
import PenstockAWS
import PenstockIO
import Testing

@testable import PenstockDynamoDBSink

/// Runs the examples of the page "Credentials": its files, variables, properties and code.
@Suite struct DocumentedCredentialsTests {
    private static let documentation = URL(filePath: #filePath)
        .appending(path: "../../../../Documentation").standardized

    /// The blocks of a section by their languages.
    private struct Section {
        var title: String
        var blocks: [String: String] = [:]
    }

    private static let sections: [Section] = {
        let page = documentation.appending(path: "Penstock.docc/Credentials.md")
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        var sections: [Section] = []
        var language: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let name = language {
                if line == "```" {
                    language = nil
                } else {
                    sections[sections.count - 1].blocks[name, default: ""] += line + "\n"
                }
            } else if line.hasPrefix("```") {
                language = String(line.dropFirst(3))
            } else if line.hasPrefix("## ") {
                sections.append(Section(title: String(line.dropFirst(3))))
            }
        }
        return sections
    }()

    private func section(_ title: String) throws -> Section {
        try #require(Self.sections.first { $0.title == title })
    }

    static let ways = [
        "Static access key", "Environment variables", "Profile", "Role", "Web identity",
        "Container", "Instance", "Single sign-on", "Program", "A provider of one's own",
    ]

    @Test(arguments: ways)
    func `code on the page is code of the example`(title: String) throws {
        let source = try String(
            contentsOf: Self.documentation.appending(path: "Examples/Credentials/main.swift"),
            encoding: .utf8)
        func words(_ text: String) -> String {
            text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let code = try #require(try section(title).blocks["swift"])
        #expect(words(source).contains(words(code)))
    }

    @Test(arguments: [
        ("Environment variables", "environment"), ("Profile", "profile"), ("Role", "profile"),
        ("Web identity", "web identity"), ("Container", "container"),
        ("Instance", "instance metadata"), ("Single sign-on", "profile"),
    ])
    func `files and variables on the page lead to credentials`(
        title: String, source: String
    ) async throws {
        let section = try section(title)
        let report = await CredentialReport(
            of: CredentialChain(context: context(section)), name: "", region: nil,
            context: context(section))
        #expect(report.attempts.last?.source == source, "\(report.lines)")
        #expect(report.credentials?.accessKeyID.hasSuffix("EXAMPLE") == true, "\(report.lines)")
    }

    @Test(arguments: [
        "Static access key", "Environment variables", "Profile", "Role", "Web identity",
        "Container", "Instance", "Single sign-on",
    ])
    func `properties on the page lead to credentials`(title: String) async throws {
        let section = try section(title)
        let sink = try DynamoDBSink(properties: properties(section))
        #expect(sink.credentialNotices(AWSEnvironment(variables: [:])) == [])
        let credentials = try await sink.provider(context(section)).credentials()
        #expect(credentials.accessKeyID.hasSuffix("EXAMPLE"))
    }

    @Test func `a registered provider is found by the properties on the page`() async throws {
        CredentialClass.register(
            "com.example.VaultCredentials", settings: [CredentialSetting("path")]
        ) { Credentials(accessKeyID: $0["path"] ?? "", secretAccessKey: "s") }
        let section = try section("A provider of one's own")
        let sink = try DynamoDBSink(properties: properties(section))
        let credentials = try await sink.provider(context(section)).credentials()
        #expect(credentials.accessKeyID == "aws/orders")
    }

    @Test func `a program in a profile is run`() async throws {
        // The command is the reader's own; this one prints what the page says it prints.
        let text = try #require(try section("Program").blocks["ini"])
        let json = #"{"Version":1,"AccessKeyId":"AKIAEXAMPLE","SecretAccessKey":"s"}"#
        let command = "/usr/bin/printf %s '\(json)'"
        let changed = text.replacingOccurrences(
            of: "/usr/local/bin/aws-login --account orders", with: command)
        #expect(changed != text)
        var section = try section("Program")
        section.blocks["ini"] = changed
        let credentials = try await CredentialChain(context: context(section)).credentials()
        #expect(credentials.accessKeyID == "AKIAEXAMPLE")
        let sink = try DynamoDBSink(properties: properties(section))
        let provided = try await sink.provider(context(section)).credentials()
        #expect(provided == credentials)
    }

    // MARK: - The reader's machine

    private func properties(_ section: Section) -> [String: String] {
        pairs(section.blocks["properties"] ?? "", prefix: "")
    }

    private func pairs(_ text: String, prefix: String) -> [String: String] {
        var pairs: [String: String] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix(prefix) {
            let parts = line.dropFirst(prefix.count).split(separator: "=", maxSplits: 1)
            if parts.count == 2 { pairs[String(parts[0])] = String(parts[1]) }
        }
        return pairs
    }

    private func context(_ section: Section) -> AWSContext {
        var variables = pairs(section.blocks["sh"] ?? "", prefix: "export ")
        variables["HOME"] = "/home/reader"
        let files = [
            "/home/reader/.aws/config": section.blocks["ini"] ?? "",
            "/var/run/secrets/token": "token",
            // What `aws sso login` leaves: the name is the digest of the session's.
            "/home/reader/.aws/sso/cache/c3499c2729730a7f807efb8676a92dcb6f8a3f8f.json": """
            {"accessToken":"t","expiresAt":"2999-01-01T00:00:00Z","region":"eu-west-1",
             "startUrl":"https://example.awsapps.com/start"}
            """,
        ]
        return AWSContext(
            environment: AWSEnvironment(variables: variables) { path in
                files[path].map { Array($0.utf8) }
            }, services: AmazonStandIn(), metadata: AmazonStandIn())
    }
}

/// Answers as STS, single sign-on, a container's agent and the metadata service would.
private struct AmazonStandIn: HTTPSending {
    func send(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(HTTPError) -> HTTPResponse {
        HTTPResponse(status: 200, body: Array(answer(request).utf8))
    }

    private func answer(_ request: HTTPRequest) -> String {
        let body = String(decoding: request.body, as: UTF8.self)
        switch request.url {
        case let url where url.hasSuffix("/latest/api/token"): return "token"
        case let url where url.hasSuffix("/security-credentials/"): return "orders"
        case let url where url.contains("/security-credentials/"),
            let url where url.contains("/v1/credentials"):
            return """
                {"Code":"Success","AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"s","Token":"t",
                 "Expiration":"2999-01-01T00:00:00Z"}
                """
        case let url where url.contains("portal.sso"):
            return """
                {"roleCredentials":{"accessKeyId":"ASIAEXAMPLE","secretAccessKey":"s",
                 "sessionToken":"t","expiration":32472144000000}}
                """
        default:
            let action =
                body.contains("WebIdentity")
                ? "AssumeRoleWithWebIdentity" : body.contains("AssumeRole") ? "AssumeRole" : "Other"
            return """
                <\(action)Response><\(action)Result><Credentials>
                <AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
                <SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>
                </Credentials></\(action)Result></\(action)Response>
                """
        }
    }
}
