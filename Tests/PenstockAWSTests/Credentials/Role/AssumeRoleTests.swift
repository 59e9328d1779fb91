import Penstock
import Synchronization
import Testing

@testable import PenstockAWS
@testable import PenstockIO

@Suite("Roles")
struct AssumeRoleTests {
    /// Gives numbered credentials, and counts.
    private final class Source: CredentialProvider {
        let count = Atomic(0)

        func credentials() async throws(CredentialError) -> Credentials {
            let number = count.wrappingAdd(1, ordering: .relaxed).newValue
            return Credentials(
                accessKeyID: "SOURCE\(number)", secretAccessKey: "CANARY-secret",
                sessionToken: "CANARY-token")
        }
    }

    private let arn = "arn:aws:iam::123456789012:role/orders"

    private func role(
        _ sending: ScriptedSending, _ source: any CredentialProvider = Source(),
        variables: [String: String] = ["AWS_REGION": "eu-west-1"],
        settings: (inout RoleSettings) -> Void = { _ in }
    ) -> AssumeRole {
        var role = RoleSettings(arn: arn)
        settings(&role)
        let context = sending.context(AWSEnvironment(variables: variables))
        return AssumeRole(role, sts: STSClient(context), source: source)
    }

    private func error(_ provider: some CredentialProvider) async throws -> CredentialError {
        let error = try #require(await provider.failure())
        #expect(!error.description.contains("CANARY"), "\(error)")
        return error
    }

    @Test("the request is signed and says what was set")
    func request() async throws {
        let sending = ScriptedSending { _, _ in STSAnswers.credentials() }
        let role = role(sending) {
            $0.externalID = "CANARY/1"
            $0.duration = .seconds(900)
            $0.policy = "{\"a\": 1}"
            $0.sessionName = "me@x"
        }
        let credentials = try await role.credentials()
        #expect(
            credentials
                == Credentials(
                    accessKeyID: "ASIAROLE", secretAccessKey: "CANARY-role&+/=",
                    sessionToken: "CANARY-session",
                    expiration: Timestamp(iso8601: "2030-01-01T00:00:00Z"),
                    accountID: "123456789012"))
        let request = try #require(sending.requests.first)
        #expect(request.url == "https://sts.eu-west-1.amazonaws.com/")
        #expect(
            request.form == [
                "Action": "AssumeRole", "Version": "2011-06-15", "RoleArn": arn,
                "RoleSessionName": "me@x", "ExternalId": "CANARY/1", "DurationSeconds": "900",
                "Policy": "{\"a\": 1}",
            ])
        let authorization = try #require(request.headers["authorization"])
        #expect(authorization.contains("Credential=SOURCE1/20231114/eu-west-1/sts/aws4_request"))
        #expect(request.headers["x-amz-security-token"] == "CANARY-token")
    }

    @Test("a session without a name is named after the time")
    func sessionName() async throws {
        let sending = ScriptedSending { _, _ in STSAnswers.credentials() }
        _ = try await role(sending).credentials()
        #expect(sending.requests.first?.form["RoleSessionName"] == "penstock-1700000000")
    }

    @Test(
        "where STS is asked",
        arguments: [
            (["AWS_STS_REGIONAL_ENDPOINTS": "legacy"], "https://sts.amazonaws.com/", "us-east-1"),
            (
                ["AWS_REGION": "cn-north-1"], "https://sts.cn-north-1.amazonaws.com.cn/",
                "cn-north-1"
            ),
            (["AWS_ENDPOINT_URL_STS": "http://sts.test:1"], "http://sts.test:1/", "eu-west-1"),
            (["AWS_ENDPOINT_URL": "http://all.test"], "http://all.test/", "eu-west-1"),
            (
                ["AWS_ENDPOINT_URL_DYNAMODB": "x"], "https://sts.eu-west-1.amazonaws.com/",
                "eu-west-1"
            ),
        ])
    func endpoint(variables: [String: String], url: String, region: String) async throws {
        let sending = ScriptedSending { _, _ in STSAnswers.credentials() }
        let variables = ["AWS_REGION": "eu-west-1"].merging(variables) { $1 }
        _ = try await role(sending, variables: variables).credentials()
        let request = try #require(sending.requests.first)
        #expect(request.url == url)
        #expect(request.headers["authorization"]?.contains("/\(region)/sts/") == true)
    }

    @Test("without a region a commercial role comes from the worldwide endpoint")
    func worldwide() async throws {
        let sending = ScriptedSending { _, _ in STSAnswers.credentials() }
        _ = try await role(sending, variables: [:]).credentials()
        let request = try #require(sending.requests.first)
        #expect(request.url == "https://sts.amazonaws.com/")
        #expect(request.headers["authorization"]?.contains("/us-east-1/sts/") == true)
    }

    @Test("without a region the error says what to set", arguments: ["aws-cn", "aws-us-gov"])
    func region(partition: String) async throws {
        let sending = ScriptedSending { _, _ in STSAnswers.credentials() }
        let arn = "arn:\(partition):iam::123456789012:role/orders"
        let error = try await error(role(sending, variables: [:]) { $0.arn = arn })
        #expect(error.code == .incomplete && error.description.contains("AWS_REGION"))
        #expect(error.description.contains("STS") && sending.requests.isEmpty)
    }

    @Test("the source is asked once for many renewals")
    func cached() async throws {
        let source = Source()
        let sending = ScriptedSending { _, _ in STSAnswers.credentials() }
        let role = role(sending, source)
        for _ in 0..<5 { _ = try await role.credentials() }
        #expect(source.count.load(ordering: .relaxed) == 1 && sending.requests.count == 5)
    }

    @Test(
        "refused source credentials are asked for anew, once",
        arguments: ["ExpiredToken", "InvalidClientTokenId", "UnrecognizedClientException"])
    func refusedSource(code: String) async throws {
        let source = Source()
        let healing = ScriptedSending { _, number in
            number == 1 ? STSAnswers.error(code) : STSAnswers.credentials()
        }
        _ = try await role(healing, source).credentials()
        #expect(healing.requests.count == 2)
        #expect(healing.requests.last?.headers["authorization"]?.contains("SOURCE2/") == true)
        let refusing = ScriptedSending { _, _ in STSAnswers.error(code) }
        let error = try await error(role(refusing, source))
        #expect(error.code == .refused && refusing.requests.count == 2)
        #expect(error.description.contains(code) && error.description.contains(arn))
    }

    @Test("a source that nobody set up ends the search of a chain, and so does a failing one")
    func failingSource() async throws {
        let sending = ScriptedSending { _, _ in STSAnswers.credentials() }
        let none = EnvironmentCredentials(AWSEnvironment(variables: [:]))
        let error = try await error(role(sending, none))
        #expect(error.code == .incomplete)
        #expect(error.description.contains(arn) && error.description.contains("AWS_ACCESS_KEY_ID"))
        let chain = CredentialChain([.init("role", role(sending, none)), .init("next", Source())])
        #expect(await chain.failure()?.code == .incomplete)
        #expect(sending.requests.isEmpty)
    }

    @Test("a refusal says code, message, status and request, and is not repeated")
    func refused() async throws {
        let sending = ScriptedSending { _, _ in
            STSAnswers.error("AccessDenied", "User: x is not authorized to &lt;assume&gt;")
        }
        let error = try await error(role(sending))
        #expect(error.code == .refused && sending.requests.count == 1)
        for part in ["AccessDenied", "not authorized to <assume>", "403", "33-44", arn] {
            #expect(error.description.contains(part))
        }
    }

    @Test("a message that repeats secrets is shown without them, on one short line")
    func echo() async throws {
        let sending = ScriptedSending { request, _ in
            STSAnswers.error(
                "ValidationError",
                "Value '\(request.form["ExternalId"] ?? "")'\n\u{1B}[31m CANARY-secret, "
                    + "CANARY-token " + String(repeating: "long ", count: 1000), status: 400)
        }
        // The error must hold none of the three, whatever the service repeats.
        let error = try await error(role(sending) { $0.externalID = "CANARY external" })
        #expect(error.description.contains("Value '[hidden]'"))
        #expect(error.description.unicodeScalars.allSatisfy { $0.value >= 0x20 })
        #expect(error.description.count < 600)
    }

    static let passing: [HTTPResponse] = [
        STSAnswers.error("Throttling", status: 400),
        STSAnswers.error("InternalFailure", status: 500),
        HTTPResponse(status: 503), HTTPResponse(status: 429),
        STSAnswers.error("IDPCommunicationError", status: 400),
    ]

    @Test("what passes is tried three times, with pauses", arguments: passing.indices)
    func retries(index: Int) async throws {
        let healing = ScriptedSending { _, number in
            number < 3 ? Self.passing[index] : STSAnswers.credentials()
        }
        _ = try await role(healing).credentials()
        #expect(healing.requests.count == 3)
        #expect(healing.pauses.count == 2 && healing.pauses.allSatisfy { $0 <= .seconds(2) })
        let failing = ScriptedSending { _, _ in Self.passing[index] }
        #expect(try await error(role(failing)).code == .unavailable)
        #expect(failing.requests.count == 3)
    }

    @Test("no connection is tried again, a bad certificate and a cancelled request are not")
    func connections() async throws {
        for (code, kind, count, expected) in [
            (HTTPError.Code.connect, ErrorKind.retriable, 3, CredentialError.Code.unavailable),
            (.timeout, .retriable, 3, .unavailable), (.tls, .fatal, 1, .unreadable),
            (.cancelled, .retriable, 1, .unavailable), (.tooLarge, .fatal, 1, .unavailable),
        ] {
            let sending = ScriptedSending { _, _ throws(HTTPError) in
                throw HTTPError(code, kind: kind, host: "h")
            }
            #expect(try await error(role(sending)).code == expected)
            #expect(sending.requests.count == count)
        }
    }

    @Test(
        "an answer that makes no sense",
        arguments: [
            "", "{}", "<html>CANARY</html>", "<!DOCTYPE CANARY><a/>", "<AssumeRoleResponse/>",
            "<a><AssumeRoleResult><Credentials><AccessKeyId>CANARY</AccessKeyId></Credentials>"
                + "</AssumeRoleResult></a>",
        ])
    func nonsense(text: String) async throws {
        let sending = ScriptedSending { _, _ in .text(text) }
        let error = try await error(role(sending))
        #expect(error.code == .unavailable && error.description.contains("makes no sense"))
    }

    @Test("an end that is no date is no credentials")
    func expiration() async throws {
        let sending = ScriptedSending { _, _ in STSAnswers.credentials(until: "tomorrow") }
        #expect(try await error(role(sending)).code == .unavailable)
    }

    @Test("a wrong clock is put right once; the source is not blamed")
    func clock() async throws {
        let source = Source()
        // The clock of the context stands at 22:13:20.
        let date = "Tue, 14 Nov 2023 22:33:20 GMT"
        let sending = ScriptedSending { request, _ in
            request.headers["x-amz-date"] == "20231114T223320Z"
                ? STSAnswers.credentials()
                : STSAnswers.error("SignatureDoesNotMatch", "expired", date: date)
        }
        _ = try await role(sending, source).credentials()
        #expect(sending.requests.count == 2 && source.count.load(ordering: .relaxed) == 1)
        let wrongSecret = ScriptedSending { _, _ in
            STSAnswers.error("SignatureDoesNotMatch", date: date)
        }
        #expect(try await error(role(wrongSecret, source)).code == .refused)
        #expect(wrongSecret.requests.count <= 4)
    }

    @Test(
        "on a machine whose clock is ahead by more than the credentials' life they are used",
        arguments: [
            (120, "Tue, 14 Nov 2023 20:13:20 GMT"), (-120, "Wed, 15 Nov 2023 00:13:20 GMT"),
        ])
    func clockAhead(minutes: Int64, date: String) async throws {
        // AWS's clock; the context's stands at 2023-11-14 22:13:20.
        let now = Timestamp(milliseconds: 1_700_000_000_000 - minutes * 60_000)
        let stamp = try SigningTime(now).text
        let end = try #require(Timestamp(milliseconds: now.milliseconds + 3_600_000).iso8601)
        let sending = ScriptedSending { request, _ in
            request.headers["x-amz-date"] == stamp
                ? STSAnswers.credentials(until: end)
                : STSAnswers.error("RequestTimeTooSkewed", "no", date: date)
        }
        let context = sending.context(AWSEnvironment(variables: ["AWS_REGION": "eu-west-1"]))
        let keys = Credentials(accessKeyID: "K", secretAccessKey: "CANARY")
        // As every client keeps what it is given, and a role what it is taken on with.
        let inner = AssumeRole(arn: "arn:inner", credentials: keys, context: context)
        let cache = CredentialCache(
            AssumeRole(arn: arn, region: "eu-west-1", credentials: inner, context: context))
        #expect(try await cache.credentials().accessKeyID == "ASIAROLE")
        #expect(cache.current() != nil)
        #expect(cache.clock.now == now)
        // The second role knows it from the first.
        #expect(sending.requests.count == 3)
        let chain = CredentialChain([.init("role", inner)])
        #expect(CredentialCache(chain).clock === cache.clock)
    }

    @Test("whose credentials they are")
    func identity() async throws {
        let sending = ScriptedSending { request, number in
            guard number == 1, request.form["Action"] == "GetCallerIdentity" else {
                return STSAnswers.error("InvalidClientTokenId", "CANARY-secret")
            }
            return .text(
                "<R><GetCallerIdentityResult><Arn>arn:x</Arn><Account>123456789012</Account>"
                    + "</GetCallerIdentityResult></R>")
        }
        let context = sending.context(AWSEnvironment(variables: [:]))
        let keys = Credentials(accessKeyID: "K", secretAccessKey: "CANARY-secret")
        let identity = try await CallerIdentity.find(
            of: keys, region: "eu-west-1", context: context)
        #expect(identity == CallerIdentity(account: "123456789012", arn: "arn:x"))
        let error = await #expect(throws: CredentialError.self) {
            try await CallerIdentity.find(of: keys, region: "eu-west-1", context: context)
        }
        #expect(error?.code == .refused && error?.description.contains("CANARY") == false)
    }
}
