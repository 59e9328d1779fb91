import Penstock
import Testing

@testable import PenstockAWS
@testable import PenstockIO

@Suite("Credentials of EC2 instances")
struct InstanceMetadataTests {
    private let environment = AWSEnvironment(variables: ["HOME": "/h"])

    /// A metadata service that works.
    static func service(_ request: HTTPRequest, token: String = "CANARY-session") -> HTTPResponse {
        switch (request.method, request.url.dropFirst("http://".count)) {
        case ("PUT", "169.254.169.254/latest/api/token"):
            return .text(
                token, headers: [HTTPHeader("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", "21600")])
        case ("GET", "169.254.169.254/latest/meta-data/iam/security-credentials/"):
            return .text("my-role")
        case ("GET", "169.254.169.254/latest/meta-data/iam/security-credentials/my-role"):
            return .credentials
        default: return HTTPResponse(status: 404)
        }
    }

    private func token(_ request: HTTPRequest) -> String? {
        request.headers["x-aws-ec2-metadata-token"]
    }

    @Test("a token is asked for, and used until shortly before it ends")
    func tokens() async throws {
        let sending = ScriptedSending { request, _ in Self.service(request) }
        let provider = InstanceMetadataCredentials(context: sending.context(environment))
        #expect(try await provider.credentials().accessKeyID == "AKID")
        let first = try #require(sending.requests.first)
        #expect(first.method == "PUT")
        #expect(first.headers == [HTTPHeader("x-aws-ec2-metadata-token-ttl-seconds", "21600")])
        #expect(sending.requests.dropFirst().map(token) == ["CANARY-session", "CANARY-session"])
        #expect(sending.timeouts == [.seconds(1), .seconds(1), .seconds(1)])
        sending.advance(seconds: 21600 - 121)
        _ = try await provider.credentials()
        #expect(sending.requests.count == 5)
        sending.advance(seconds: 1)
        _ = try await provider.credentials()
        #expect(sending.requests.count == 8)
        #expect(sending.requests.filter { $0.method == "PUT" }.count == 2)
    }

    @Test("a token that is not taken any more is replaced once")
    func refusedToken() async throws {
        let sending = ScriptedSending { request, number in
            if number > 1, number <= 3, request.headers["x-aws-ec2-metadata-token"] == "token-1" {
                return HTTPResponse(status: 401)
            }
            return Self.service(request, token: "token-\(number)")
        }
        _ = try await InstanceMetadataCredentials(context: sending.context(environment))
            .credentials()
        #expect(sending.requests.map(\.method) == ["PUT", "GET", "PUT", "GET", "GET"])
        #expect(sending.requests.map(token) == [nil, "token-1", nil, "token-3", "token-3"])

        let stubborn = ScriptedSending { request, _ in
            request.method == "PUT" ? .text("t") : HTTPResponse(status: 401)
        }
        let error = await InstanceMetadataCredentials(context: stubborn.context(environment))
            .failure()
        #expect(error?.code == .unavailable)
        #expect(stubborn.requests.map(\.method) == ["PUT", "GET", "PUT", "GET"])
    }

    @Test("without tokens the first version is asked", arguments: [403, 404, 405, 0])
    func version1(status: Int) async throws {
        let sending = ScriptedSending { request, _ throws(HTTPError) in
            guard request.method == "PUT" else { return Self.service(request) }
            if status == 0 { throw .noAnswerInTime }
            return HTTPResponse(status: status)
        }
        _ = try await InstanceMetadataCredentials(context: sending.context(environment))
            .credentials()
        #expect(sending.requests.map(\.method) == ["PUT", "GET", "GET"])
        #expect(sending.requests.allSatisfy { token($0) == nil })
    }

    @Test("unless that is switched off", arguments: [403, 404, 405, 0])
    func noVersion1(status: Int) async throws {
        let sending = ScriptedSending { request, _ throws(HTTPError) in
            guard request.method == "PUT" else { return Self.service(request) }
            if status == 0 { throw .noAnswerInTime }
            return HTTPResponse(status: status)
        }
        let environment = AWSEnvironment(variables: ["AWS_EC2_METADATA_V1_DISABLED": "true"])
        let error = try #require(
            await InstanceMetadataCredentials(context: sending.context(environment)).failure())
        #expect(error.code == (status == 0 ? .unavailable : .notConfigured))
        #expect(error.description.contains("hop limit") == (status == 0))
        #expect(sending.requests.allSatisfy { $0.method == "PUT" })
    }

    @Test("a hop limit that keeps tokens from a container is named")
    func hopLimit() async throws {
        let sending = ScriptedSending { request, _ throws(HTTPError) in
            if request.method == "PUT" { throw .noAnswerInTime }
            return HTTPResponse(status: 401)
        }
        let error = try #require(
            await InstanceMetadataCredentials(context: sending.context(environment)).failure())
        #expect(error.code == .unavailable)
        #expect(error.description.contains("HttpPutResponseHopLimit"))
        #expect(sending.requests.map(\.method) == ["PUT", "GET"])
    }

    @Test("a service that cannot be reached is absent in a chain, at once, and missing elsewhere")
    func unreachable() async throws {
        for failure in [HTTPError.noConnection, .noConnectionInTime] {
            let sending = ScriptedSending { _, _ throws(HTTPError) in throw failure }
            let chained = InstanceMetadataCredentials(
                context: sending.context(environment), isLastResort: true)
            #expect(await chained.failure()?.code == .notConfigured)
            #expect(sending.requests.count == 1)
            let alone = InstanceMetadataCredentials(context: sending.context(environment))
            #expect(await alone.failure()?.code == .unavailable)
            #expect(sending.requests.count == 4)
            let named = InstanceMetadataCredentials(
                context: sending.context(
                    AWSEnvironment(variables: ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://x"])),
                isLastResort: true)
            #expect(await named.failure()?.code == .unavailable)
        }
    }

    @Test("what gave credentials once is not absent later")
    func outage() async throws {
        let sending = ScriptedSending { request, number throws(HTTPError) in
            if number > 6 { return HTTPResponse(status: 404) }
            if number > 3 { throw .noConnection }
            return Self.service(request)
        }
        let provider = InstanceMetadataCredentials(
            context: sending.context(environment), isLastResort: true)
        _ = try await provider.credentials()
        #expect(await provider.failure()?.code == .unavailable)
        #expect(await provider.failure()?.code == .unavailable)
    }

    @Test("a variable switches it off before anything is asked")
    func disabled() async {
        let sending = ScriptedSending { request, _ in Self.service(request) }
        let environment = AWSEnvironment(variables: ["AWS_EC2_METADATA_DISABLED": "TRUE"])
        let error = await InstanceMetadataCredentials(context: sending.context(environment))
            .failure()
        #expect(error?.code == .notConfigured)
        #expect(sending.requests.isEmpty)
    }

    @Test("an instance without a role has no credentials", arguments: ["", " ", "\n", "404"])
    func noRole(listing: String) async {
        let sending = ScriptedSending { request, _ in
            if request.method == "PUT" { return .text("t") }
            return listing == "404" ? HTTPResponse(status: 404) : .text(listing)
        }
        let error = await InstanceMetadataCredentials(context: sending.context(environment))
            .failure()
        #expect(error?.code == .notConfigured)
        #expect(error?.description.contains("role") == true)
    }

    static let nonsense: [(String, String)] = [
        ("..%2f..%2fCANARY", "role's name"), ("../CANARY", "role's name"),
        ("<html>CANARY</html>", "role's name"), ("CANARY?x", "role's name"),
        (String(repeating: "r", count: 129), "role's name"), ("r\u{e9}CANARY", "role's name"),
    ]

    @Test("a name that would lead elsewhere is no role", arguments: nonsense)
    func badRole(listing: String, word: String) async throws {
        let sending = ScriptedSending { request, _ in
            request.method == "PUT" ? .text("t") : .text(listing)
        }
        let error = try #require(
            await InstanceMetadataCredentials(context: sending.context(environment)).failure())
        #expect(error.code == .unavailable && error.description.contains(word))
        #expect(!error.description.contains("CANARY"))
        #expect(sending.requests.count == 2)
    }

    @Test(
        "answers to the request for a token",
        arguments: [
            (200, "", "no token"), (200, "CANARY\r\nX: y", "no token"), (400, "CANARY", "400"),
            (302, "CANARY", "302"), (500, "CANARY", "500"),
        ])
    func badToken(status: Int, body: String, word: String) async throws {
        let sending = ScriptedSending { _, _ in
            HTTPResponse(status: status, body: Array(body.utf8))
        }
        let error = try #require(
            await InstanceMetadataCredentials(context: sending.context(environment)).failure())
        #expect(error.code == .unavailable && error.description.contains(word))
        #expect(!error.description.contains("CANARY"))
        #expect(sending.requests.count == (status == 500 ? 3 : 1))
    }

    @Test("a code other than success is an error that names it")
    func code() async throws {
        let sending = ScriptedSending { request, number in
            number < 3 ? Self.service(request) : .text(#"{"Code":"Failed","Message":"CANARY"}"#)
        }
        let error = try #require(
            await InstanceMetadataCredentials(context: sending.context(environment)).failure())
        #expect(error.code == .unavailable && error.description.contains("the code Failed"))
        #expect(!error.description.contains("CANARY"))
    }

    @Test("a token that lasts a moment serves for half of it, and none shows in descriptions")
    func token() throws {
        let now = Timestamp(milliseconds: 0)
        func make(_ text: String, _ lifetime: String?) -> InstanceMetadataToken? {
            InstanceMetadataToken(
                Array(text.utf8), lifetime: lifetime, endpoint: "http://a", now: now)
        }
        #expect(make("t", "2")?.endsAt.milliseconds == 1000)
        #expect(make("t", nil)?.endsAt.milliseconds == 21_480_000)
        #expect(make("t", "99999999999")?.endsAt.milliseconds == 21_480_000)
        #expect(make("t", "-5")?.endsAt.milliseconds == 0)
        let token = try #require(make("CANARY", nil))
        #expect(token.isGood(for: "http://a", at: now) && !token.isGood(for: "http://b", at: now))
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!"\(token) \(String(reflecting: token)) \(dumped)".contains("CANARY"))
    }
}
