import Penstock
import PenstockAWS
import PenstockDynamoDB
import Testing

@Suite(
    "Against a server that checks signatures",
    .enabled(if: TestServer.checkingEndpoint != nil, TestServer.checkingSkipped),
    .timeLimit(.minutes(1)))
struct SignatureTests {
    private func client(
        secret: String? = nil, key: String? = nil
    ) async throws -> DynamoDB {
        let endpoint = try #require(TestServer.checkingEndpoint)
        let user = try await TestUser.make(at: endpoint)
        return DynamoDB(
            region: "us-east-1",
            credentials: Credentials(
                accessKeyID: key ?? user.accessKeyID,
                secretAccessKey: secret ?? user.secretAccessKey),
            endpoint: endpoint, environment: AWSEnvironment(variables: [:]))
    }

    @Test("a right signature is taken")
    func right() async throws { _ = try await client().listTables() }

    @Test("a wrong secret is refused, once and for good")
    func wrongSecret() async throws {
        let error = await #expect(throws: DynamoDBError.self) {
            try await client(secret: "wrong").listTables()
        }
        #expect(error?.code == .invalidSignature)
        #expect(error?.kind == .fatal)
    }

    @Test("an unknown key is refused")
    func unknownKey() async throws {
        let error = await #expect(throws: DynamoDBError.self) {
            try await client(key: "AKIAUNKNOWNUNKNOWN00").listTables()
        }
        #expect(error?.code == .unrecognizedClient)
    }
}
