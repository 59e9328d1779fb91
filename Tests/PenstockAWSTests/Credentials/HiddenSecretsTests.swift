import Penstock
import PenstockIO
import Testing

@testable import PenstockAWS

/// Whatever holds a secret can be printed and dumped without showing it.
@Suite struct `Secrets in descriptions` {
    static let environment = AWSEnvironment(
        variables: [
            "AWS_ACCESS_KEY_ID": "canary-id", "AWS_SECRET_ACCESS_KEY": "canary-secret",
            "AWS_SESSION_TOKEN": "canary-token", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "canary-auth",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x", "AWS_REGION": "eu-west-1",
            "AWS_WEB_IDENTITY_TOKEN_FILE": "/identity",
            "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/x",
            "HTTPS_PROXY": "http://user:canary-proxy@127.0.0.1:1", "HOME": "/home",
        ],
        readFile: { path in
            if path == "/identity" { return Array("canary-identity".utf8) }
            if path.contains("/sso/") {
                return Array(
                    #"{"accessToken": "canary-sso", "expiresAt": "2030-01-01T00:00:00Z"}"#.utf8)
            }
            return Array(
                "[default]\naws_access_key_id = A\naws_secret_access_key = canary-file\n".utf8)
        })

    /// Everything that is asked in here gives credentials.
    static let aws = ScriptedSending { request, _ in
        if request.url.contains("169.254.169.254") { return InstanceMetadataTests.service(request) }
        if request.url.contains("169.254.170.2") { return .credentials }
        if request.url.contains("/federation/credentials") {
            return .text(
                """
                {"roleCredentials": {"accessKeyId": "ASIA", "secretAccessKey": "canary-role",
                "sessionToken": "canary-role", "expiration": 1800000000000}}
                """)
        }
        let isIdentity = String(decoding: request.body, as: UTF8.self).contains("WebIdentity")
        return STSAnswers.credentials(isIdentity ? "AssumeRoleWithWebIdentity" : "AssumeRole")
    }

    static let static_ = Credentials(
        accessKeyID: "AKIA", secretAccessKey: "canary-static", sessionToken: "canary-session")

    static let holders: [any Sendable] = {
        let context = aws.context(environment)
        let sso = SSOSettings(
            startURL: "https://start", region: "eu-west-1", accountID: "123456789012",
            roleName: "r")
        return [
            environment, context, AWSContext(environment: environment), static_,
            EnvironmentCredentials(environment), ProfileCredentials(context: context),
            WebIdentityCredentials(context: context), ContainerCredentials(context: context),
            InstanceMetadataCredentials(context: context),
            SSOCredentials(sso, endpointsOf: nil, context: context),
            ProcessCredentials(command: echo, environment: environment),
            CredentialChain(context: context), CredentialCache(static_),
            AssumeRole(
                arn: "arn:aws:iam::123456789012:role/x", externalID: "canary-external",
                credentials: static_, context: context),
            CredentialClassRequest(
                settings: ["sts.role.external.id": "canary-setting"], accessKey: static_,
                context: context),
            CredentialError(.refused, "no"),
        ]
    }()

    private static let echo = """
        /bin/echo '{"Version": 1, "AccessKeyId": "A", "SecretAccessKey": "canary-argument"}'
        """

    private func shown(_ holder: Any) -> String {
        var dumped = ""
        dump(holder, to: &dumped)
        return "\(holder) \(String(reflecting: holder)) \(dumped)".lowercased()
    }

    @Test(arguments: 0..<holders.count)
    func `are hidden`(index: Int) async throws {
        let holder = Self.holders[index]
        #expect(!shown(holder).contains("canary"), "\(type(of: holder))")
        guard let provider = holder as? any CredentialProvider else { return }
        // What it has learnt it may keep.
        _ = try await provider.credentials()
        #expect(!shown(provider).contains("canary"), "\(type(of: holder))")
        #expect(!shown(Self.aws).contains("canary"))
    }

    @Test func `are hidden in requests and answers`() throws {
        let request = HTTPRequest(
            url: "https://dynamodb.eu-west-1.amazonaws.com/?X-Amz-Signature=canary",
            headers: [HTTPHeader("X-Secret", "canary")], body: Array("canary".utf8))
        let signed = try SigV4(region: "eu-west-1", service: "dynamodb")
            .sign(request, with: Self.static_, at: Timestamp(milliseconds: 1_700_000_000_000))
        let authorization = try #require(signed.headers["authorization"])
        let signature = try #require(authorization.split(separator: "=").last).lowercased()
        #expect(signature.count == 64)
        let text = shown(signed)
        for secret in ["canary", signature, "99, 97, 110"] { #expect(!text.contains(secret)) }
        for name in ["get https://dynamodb.eu-west-1", "x-amz-security-token", "authorization"] {
            #expect(text.contains(name))
        }
        #expect(!shown(signed.headers).contains("canary"))
        let answer = HTTPResponse(
            status: 201, headers: [HTTPHeader("Set-Cookie", "canary")], body: Array("canary".utf8))
        #expect(!shown(answer).contains("canary") && !shown(answer).contains("- 99"))
        #expect(shown(answer).contains("http 201, 6 bytes"))
    }
}
