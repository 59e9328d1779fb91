import Foundation
import Penstock
import PenstockIO
import Synchronization
import Testing

@testable import PenstockAWS

/// Providers against a server of other people's making that has a metadata service, an agent for
/// containers and STS.
@Suite(
    "Metadata services of a real server",
    .enabled(if: RealServer.endpoint != nil, "PENSTOCK_DYNAMODB_ENDPOINT names no server"))
struct MetadataServiceTests {
    private func environment(_ variables: [String: String]) throws -> AWSEnvironment {
        let endpoint = try #require(RealServer.endpoint)
        let common = [
            "AWS_REGION": "eu-west-1", "AWS_ENDPOINT_URL": endpoint,
            "AWS_EC2_METADATA_V1_DISABLED": "true",
        ]
        return AWSEnvironment(variables: common.merging(variables) { $1 })
    }

    /// Checks what the chain finds, and that requests signed with it are taken.
    private func check(_ environment: AWSEnvironment, source: String) async throws {
        let context = AWSContext(environment: environment)
        let attempts = await CredentialChain(context: context).inspect()
        #expect(attempts.last?.source == source)
        let credentials = try #require(try attempts.last?.outcome.get())
        #expect(credentials.accessKeyID.hasPrefix("ASIA"))
        #expect(credentials.sessionToken?.isEmpty == false)
        let expiration = try #require(credentials.expiration)
        let minutes = (expiration.milliseconds - SystemClock.now().milliseconds) / 60_000
        #expect(1...720 ~= minutes)
        let identity = try await CallerIdentity.find(of: credentials, context: context)
        #expect(identity.account.utf8.count == 12)
    }

    @Test("an instance's role, by version 2")
    func instance() async throws {
        let endpoint = try #require(RealServer.endpoint)
        try await check(
            environment(["AWS_EC2_METADATA_SERVICE_ENDPOINT": endpoint]),
            source: "instance metadata")
    }

    @Test("a container's role")
    func container() async throws {
        let endpoint = try #require(RealServer.endpoint)
        try await check(
            environment(["AWS_CONTAINER_CREDENTIALS_FULL_URI": endpoint + "/v2/credentials/x"]),
            source: "container")
    }

    @Test("one token serves for every call of a provider")
    func token() async throws {
        let endpoint = try #require(RealServer.endpoint)
        var context = AWSContext(environment: try environment([:]))
        let observed = ObservedSending(context.metadata)
        context.metadata = observed
        let provider = InstanceMetadataCredentials(context: context, endpoint: endpoint)
        _ = try await provider.credentials()
        _ = try await provider.credentials()
        #expect(observed.methods == ["PUT", "GET", "GET", "GET", "GET"])
    }
}

/// The server that the environment names.
private enum RealServer {
    static let endpoint = ProcessInfo.processInfo.environment["PENSTOCK_DYNAMODB_ENDPOINT"]
}

/// Notes what is sent.
private final class ObservedSending: HTTPSending {
    private let sending: any HTTPSending
    private let sent = Mutex<[String]>([])

    init(_ sending: any HTTPSending) { self.sending = sending }

    var methods: [String] { sent.withLock { $0 } }

    func send(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(HTTPError) -> HTTPResponse {
        sent.withLock { $0.append(request.method) }
        return try await sending.send(request, timeout: timeout)
    }
}
