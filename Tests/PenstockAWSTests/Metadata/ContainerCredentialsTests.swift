import Penstock
import Synchronization
import Testing

@testable import PenstockAWS
@testable import PenstockIO

@Suite("Credentials of containers")
struct ContainerCredentialsTests {
    private static let relative = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x"]

    private func environment(
        _ variables: [String: String] = [:], file: [UInt8]? = nil
    ) -> AWSEnvironment {
        AWSEnvironment(variables: Self.relative.merging(variables) { $1 }) {
            $0 == "/token" ? file : nil
        }
    }

    @Test("are read with all their parts")
    func full() async throws {
        let sending = ScriptedSending { _, _ in .credentials }
        let provider = ContainerCredentials(context: sending.context(environment()))
        let credentials = try await provider.credentials()
        #expect(
            credentials
                == Credentials(
                    accessKeyID: "AKID", secretAccessKey: "CANARY-secret",
                    sessionToken: "CANARY-token",
                    expiration: Timestamp(iso8601: "2030-01-01T00:00:00Z"),
                    accountID: "123456789012"))
        let request = try #require(sending.requests.first)
        #expect(request.method == "GET" && request.url == "http://169.254.170.2/v2/x")
        #expect(request.headers == [HTTPHeader("Accept", "application/json")])
        #expect(sending.timeouts == [.seconds(2)])
    }

    @Test("the token's file wins over the variable and is read anew at each call")
    func tokenFile() async throws {
        let file = Mutex("first")
        let sending = ScriptedSending { _, _ in .credentials }
        let variables = Self.relative.merging([
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "variable",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token",
        ]) { $1 }
        let provider = ContainerCredentials(
            context: sending.context(
                AWSEnvironment(variables: variables) { _ in file.withLock { Array($0.utf8) } }))
        _ = try await provider.credentials()
        file.withLock { $0 = "second" }
        _ = try await provider.credentials()
        #expect(sending.requests.map { $0.headers["Authorization"] } == ["first", "second"])
    }

    @Test("the token of the variable is sent where there is no file")
    func tokenVariable() async throws {
        let sending = ScriptedSending { _, _ in .credentials }
        _ = try await ContainerCredentials(
            context: sending.context(
                environment(["AWS_CONTAINER_AUTHORIZATION_TOKEN": "Basic abc"]))
        ).credentials()
        #expect(sending.requests.first?.headers["Authorization"] == "Basic abc")
    }

    static let badTokens: [([UInt8]?, CredentialError.Code)] = [
        (nil, .unreadable), ([], .incomplete), (Array("CANARY\n".utf8), .invalid),
        (Array("CANARY\rX".utf8), .invalid), (Array("CANARY\u{e9}".utf8), .invalid),
        (Array("CANARY\u{0}".utf8), .invalid),
        ([UInt8](repeating: 0x43, count: ContainerToken.limit + 1), .invalid),
    ]

    @Test("a token that cannot be sent is refused before anything is", arguments: badTokens)
    func badToken(file: [UInt8]?, code: CredentialError.Code) async {
        let sending = ScriptedSending { _, _ in .credentials }
        let variables = ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token"]
        let error = await ContainerCredentials(
            context: sending.context(environment(variables, file: file))
        ).failure()
        #expect(error?.code == code)
        #expect(error?.description.contains("CANARY") == false)
        #expect(sending.requests.isEmpty)
    }

    @Test("the largest token is taken; one of a variable is held to the same rules")
    func tokenLimits() async {
        let sending = ScriptedSending { _, _ in .credentials }
        let largest = [UInt8](repeating: 0x43, count: 64 << 10)
        #expect(
            await ContainerCredentials(
                context: sending.context(
                    environment(
                        ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token"], file: largest))
            ).failure() == nil)
        let variables = ["AWS_CONTAINER_AUTHORIZATION_TOKEN": "CANARY\r\nX-Other: y"]
        let error = await ContainerCredentials(
            context: sending.context(environment(variables))
        ).failure()
        #expect(error?.code == .invalid)
        #expect(error?.description.contains("CANARY") == false)
        #expect(sending.requests.count == 1)
    }

    @Test("failures that may pass are tried three times, one second apart")
    func attempts() async throws {
        let sending = ScriptedSending { _, number throws(HTTPError) in
            switch number {
            case 1: throw .noAnswerInTime
            case 2: HTTPResponse(status: 503)
            default: .credentials
            }
        }
        _ = try await ContainerCredentials(context: sending.context(environment())).credentials()
        #expect(sending.requests.count == 3)
        #expect(sending.pauses == [.seconds(1), .seconds(1)])
    }

    @Test(
        "a status is an error that names it",
        arguments: [301, 307, 400, 401, 403, 404, 429, 500, 503]
    )
    func status(status: Int) async throws {
        let sending = ScriptedSending { _, _ in
            HTTPResponse(
                status: status, headers: [HTTPHeader("Location", "http://127.0.0.1/CANARY")],
                body: Array("CANARY".utf8))
        }
        let error = try #require(
            await ContainerCredentials(context: sending.context(environment())).failure())
        #expect(error.code == .unavailable)
        #expect(error.description.contains("\(status)"))
        #expect(error.description.contains("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"))
        #expect(!error.description.contains("CANARY"))
        #expect(sending.requests.count == (status >= 429 ? 3 : 1))
    }

    @Test("a request that was cancelled is not made again")
    func cancelled() async throws {
        let sending = ScriptedSending { _, _ throws(HTTPError) in
            throw HTTPError(.cancelled, kind: .retriable)
        }
        let error = try #require(
            await ContainerCredentials(context: sending.context(environment())).failure())
        #expect(error.code == .unavailable && error.description.contains("cancelled"))
        #expect(sending.requests.count == 1 && sending.pauses.isEmpty)
    }

    @Test("without an address nothing is asked")
    func notConfigured() async {
        let sending = ScriptedSending { _, _ in .credentials }
        let provider = ContainerCredentials(
            context: sending.context(AWSEnvironment(variables: [:])))
        #expect(await provider.failure()?.code == .notConfigured)
        #expect(sending.requests.isEmpty)
    }

    @Test("neither agents nor metadata services are asked by a proxy")
    func proxy() throws {
        var http = HTTPClientConfiguration()
        http.proxy = HTTPProxy(url: "http://proxy.example:3128")
        let environment = AWSEnvironment(variables: ["HTTPS_PROXY": "http://proxy.example:3128"])
        for context in [
            AWSContext(environment: environment), AWSContext(environment: environment, http: http),
        ] {
            let metadata = try #require(context.metadata as? HTTPClient)
            let services = try #require(context.services as? ServiceHTTP)
            #expect(metadata.configuration.proxy == nil)
            #expect(metadata.configuration.maximumResponseBytes == 64 << 10)
            // A metadata service that somebody named may be anywhere.
            #expect(metadata.configuration.allowsPlainHTTP)
            #expect(try services.connected().configuration.proxy != nil)
        }
    }
}
