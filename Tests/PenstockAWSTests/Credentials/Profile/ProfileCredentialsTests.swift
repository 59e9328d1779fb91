import Foundation
import PenstockIO
import Synchronization
import Testing

@testable import PenstockAWS

@Suite("Profiles that lead to roles")
struct ProfileCredentialsTests {
    private let chain = """
        [default]
        region = eu-west-1
        role_arn = arn:outer
        source_profile = inner
        external_id = CANARY-external
        duration_seconds = 1800
        [profile inner]
        role_arn = arn:inner
        role_session_name = me
        credential_source = Ec2InstanceMetadata
        """

    /// EC2's metadata service and STS in one; counts by what is asked.
    private func sending() -> ScriptedSending {
        ScriptedSending { request, _ in
            if request.method == "PUT" { return .text("token", headers: [.ttl]) }
            if request.method == "GET" {
                return request.url.hasSuffix("/security-credentials/")
                    ? .text("r") : .credentials
            }
            return STSAnswers.credentials(key: request.form["RoleArn"] ?? "")
        }
    }

    private func calls(_ sending: ScriptedSending) -> [String] {
        sending.requests.map { $0.form["RoleArn"] ?? $0.method }
    }

    @Test("roles are taken on one after the other; only the last one at each renewal")
    func chained() async throws {
        let sending = sending()
        let files = Mutex(chain)
        let environment = AWSEnvironment(variables: ["HOME": "/h"]) { path in
            path == "/h/.aws/config" ? files.withLock { Array($0.utf8) } : nil
        }
        let provider = ProfileCredentials(context: sending.context(environment))
        #expect(try await provider.credentials().accessKeyID == "arn:outer")
        #expect(calls(sending).suffix(2) == ["arn:inner", "arn:outer"])
        let outer = try #require(sending.requests.last)
        #expect(outer.headers["authorization"]?.contains("Credential=arn:inner/") == true)
        #expect(outer.form["ExternalId"] == "CANARY-external")
        #expect(outer.form["DurationSeconds"] == "1800")
        #expect(sending.requests.dropLast().last?.form["RoleSessionName"] == "me")
        let count = sending.requests.count
        for _ in 0..<3 { _ = try await provider.credentials() }
        #expect(calls(sending).dropFirst(count) == ["arn:outer", "arn:outer", "arn:outer"])

        // What the files say now counts, from the next call on.
        files.withLock { $0 = $0.replacing("arn:inner", with: "arn:other") }
        _ = try await provider.credentials()
        #expect(calls(sending).suffix(2) == ["arn:other", "arn:outer"])
    }

    @Test("a credential_source that has nothing is an error that names the profile")
    func emptySource() async throws {
        let sending = sending()
        let environment = AWSEnvironment(variables: ["HOME": "/h"]) { path in
            path == "/h/.aws/config"
                ? Array(
                    "[default]\nregion=r\nrole_arn=arn:x\ncredential_source=Environment".utf8) : nil
        }
        let error = try #require(
            await ProfileCredentials(context: sending.context(environment)).failure())
        #expect(error.code == .incomplete && error.description.contains("AWS_ACCESS_KEY_ID"))
        #expect(error.description.contains("arn:x") && sending.requests.isEmpty)
    }

    @Test("the region and the endpoint of a profile named in code are its own")
    func namedProfile() async throws {
        let sending = sending()
        let environment = AWSEnvironment(variables: ["HOME": "/h"]) { path in
            path == "/h/.aws/config"
                ? Array(
                    """
                    [default]
                    region = us-east-1
                    [profile work]
                    region = eu-north-1
                    sts_regional_endpoints = regional
                    role_arn = arn:x
                    source_profile = work
                    aws_access_key_id = KEY
                    aws_secret_access_key = CANARY
                    """.utf8) : nil
        }
        let provider = ProfileCredentials(profile: "work", context: sending.context(environment))
        _ = try await provider.credentials()
        #expect(sending.requests.map(\.url) == ["https://sts.eu-north-1.amazonaws.com/"])
    }

    private static let private_ = AWSEnvironment(
        variables: ["HOME": "/h", "AWS_PROFILE": "stale"],
        readFile: { path in
            path == "/h/.aws/config"
                ? Array(
                    """
                    [profile orders]
                    region = eu-north-1
                    ca_bundle = /none.pem
                    role_arn = arn:x
                    source_profile = orders
                    aws_access_key_id = KEY
                    aws_secret_access_key = CANARY
                    """.utf8) : nil
        })

    @Test(
        "the certificate authorities of a profile named in code are its own",
        arguments: [
            ProfileCredentials(profile: "orders", environment: private_),
            ProfileCredentials(
                profile: "orders",
                context: AWSContext(environment: private_, http: HTTPClientConfiguration())),
            CredentialChain(profile: "orders", environment: private_),
            CredentialChain(profile: "orders", context: AWSContext(environment: private_)),
        ] as [any CredentialProvider])
    func namedAuthorities(provider: any CredentialProvider) async throws {
        let error = try #require(await provider.failure())
        #expect(
            error.description.contains(
                "/none.pem, named by ca_bundle of the profile \"orders\", does not exist"),
            "\(error)")
    }

    @Test("a profile named in code decides on plain HTTP, and another one is not even read")
    func namedEndpoint() async throws {
        let environment = AWSEnvironment(
            variables: ["HOME": "/h", "AWS_PROFILE": "stale"],
            readFile: { path in
                path == "/h/.aws/config"
                    ? Array(
                        """
                        [profile orders]
                        region = eu-north-1
                        endpoint_url = http://127.0.0.1:1
                        role_arn = arn:x
                        source_profile = orders
                        aws_access_key_id = KEY
                        aws_secret_access_key = CANARY
                        """.utf8) : nil
            })
        let error = try #require(
            await ProfileCredentials(profile: "orders", environment: environment).failure())
        // Nobody listens there; it was tried, and not refused for being plain.
        #expect(error.code == .unavailable && error.description.contains("127.0.0.1"), "\(error)")
    }

    @Test(
        "a program is run only where nobody else can have written the files",
        arguments: [(0o600, true), (0o644, true), (0o664, false), (0o602, false)])
    func owners(mode: Int, isRun: Bool) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let config = folder.appending(path: "config").path
        let line = #"/bin/echo '{"Version": 1, "AccessKeyId": "K", "SecretAccessKey": "s"}'"#
        try Data("[default]\ncredential_process = \(line)\n".utf8)
            .write(to: URL(filePath: config))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: config)
        var environment = AWSEnvironment.process
        environment.variables = [
            "AWS_CONFIG_FILE": config, "AWS_SHARED_CREDENTIALS_FILE": config + ".none",
            "PATH": "/usr/bin:/bin",
        ]
        let error = await ProfileCredentials(environment: environment).failure()
        #expect((error == nil) == isRun)
        if let error { #expect(error.code == .invalid && error.description.contains(config)) }
    }

    @Test("a program named by a profile")
    func process() async throws {
        let sending = sending()
        let environment = AWSEnvironment(variables: ["HOME": "/h"]) { path in
            path == "/h/.aws/credentials"
                ? Array(
                    """
                    [default]
                    aws_account_id = 123456789012
                    credential_process = /bin/echo \
                    '{"Version": 1, "AccessKeyId": "K", "SecretAccessKey": "s"}'
                    """.utf8) : nil
        }
        let provider = ProfileCredentials(context: sending.context(environment))
        let credentials = try await provider.credentials()
        #expect(credentials.accessKeyID == "K" && credentials.accountID == "123456789012")
    }
}

extension HTTPHeader {
    fileprivate static let ttl = HTTPHeader("x-aws-ec2-metadata-token-ttl-seconds", "21600")
}
