import Foundation
import Penstock
import PenstockAWS
import PenstockDynamoDB
import Testing

/// The server's IAM user is made ahead and named by the environment.
@Suite(
    "Against a server that checks signatures",
    .enabled(if: TestServer.checkingEndpoint != nil, TestServer.checkingSkipped),
    .timeLimit(.minutes(1)))
struct SignatureTests {
    private func client(secret: String? = nil, key: String? = nil) throws -> DynamoDB {
        let environment = ProcessInfo.processInfo.environment
        return DynamoDB(
            region: "us-east-1",
            credentials: Credentials(
                accessKeyID: try #require(key ?? environment["PENSTOCK_DYNAMODB_AUTH_KEY"]),
                secretAccessKey: try #require(
                    secret ?? environment["PENSTOCK_DYNAMODB_AUTH_SECRET"])),
            endpoint: TestServer.checkingEndpoint, environment: AWSEnvironment(variables: [:]))
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
