import Penstock
import PenstockIO
import Testing

@testable import PenstockAWS

@Suite("Replaying recorded traffic")
struct ReplayTests {
    private let exchange = RecordedTraffic.Exchange(
        method: "POST", uri: "https://sts.us-east-1.amazonaws.com/",
        headers: [
            "content-type": ["application/x-www-form-urlencoded"],
            "authorization": ["AWS4-HMAC-SHA256 Credential=AKID/20210810/us-east-1/sts/x, Foo"],
        ], body: Array("A=1&RoleSessionName=assume-role-from-profile-12&B=%2F".utf8), status: 200)

    private func request(_ change: (inout HTTPRequest) -> Void = { _ in }) -> HTTPRequest {
        var request = HTTPRequest(
            method: "POST", url: "https://sts.us-east-1.amazonaws.com",
            headers: [
                HTTPHeader("Content-Type", "application/x-www-form-urlencoded"),
                HTTPHeader("Authorization", "X Credential=AKID/20300810/us-east-1/sts/x, Bar"),
            ], body: Array("B=%2f&RoleSessionName=mine&A=1".utf8))
        change(&request)
        return request
    }

    @Test("what belongs to the other client is not compared")
    func same() {
        let comparison = RequestComparison(recorded: exchange, request: request())
        #expect(comparison.differences == [])
    }

    static let changes: [@Sendable (inout HTTPRequest) -> Void] = [
        { $0.method = "GET" }, { $0.url += "/x" }, { $0.url = "https://sts.amazonaws.com" },
        { $0.headers[0].value = "text/plain" }, { $0.headers.remove(at: 0) },
        { $0.headers[1].value = "X Credential=OTHER/20300810/us-east-1/sts/x, Bar" },
        { $0.headers.remove(at: 1) }, { $0.body = Array("B=%2f&A=1".utf8) },
        { $0.body += Array("&C=1".utf8) }, { $0.body = [] },
        { $0.body = Array("B=%2f&RoleSessionName=mine&A=2".utf8) },
    ]

    @Test("every other difference is found", arguments: changes.indices)
    func differences(index: Int) {
        let request = request(Self.changes[index])
        #expect(!RequestComparison(recorded: exchange, request: request).differences.isEmpty)
    }

    @Test("requests that are missing or too many are found")
    func order() async throws {
        let replay = ReplayedTraffic([exchange, exchange])
        _ = try await replay.send(request(), timeout: .seconds(1))
        #expect(replay.differences == ["not sent: POST https://sts.us-east-1.amazonaws.com/"])
        _ = try await replay.send(request(), timeout: .seconds(1))
        #expect(replay.differences == [])
        await #expect(throws: HTTPError.self) {
            try await replay.send(request(), timeout: .seconds(1))
        }
        #expect(
            replay.differences == ["not recorded: POST https://sts.us-east-1.amazonaws.com"])
    }

    @Test("all scenarios are read, with their files and traffic")
    func load() throws {
        let chain = try CredentialScenario.all(in: "default-credential-provider-chain")
        let profile = try CredentialScenario.all(in: "profile-provider")
        #expect(chain.count == 13 && profile.count == 10)
        #expect((chain + profile).reduce(0) { $0 + $1.traffic.count } == 29)
        let token = try #require(chain.first { $0.name == "eks_pod_identity_credentials" })
        #expect(try token.environment.readFile("/token.jwt") == Array("sometoken".utf8))
        let texts = (chain + profile).compactMap { scenario in
            if case .error(let text) = scenario.result { text } else { nil }
        }
        #expect(Set(texts) == Set(ForeignWording.codes.keys))
    }
}
