import Penstock
import PenstockAWS
import PenstockDynamoDB
import PenstockTesting
import Testing

/// The server's access keys, met by the package's own client.
@Suite struct AccessKeyTests {
    private static func list(
        _ server: ScriptedDynamoDB, as key: String, _ token: String? = nil
    ) async throws(DynamoDBError) {
        var options = DynamoDBOptions()
        options.retry = .singleAttempt
        _ = try await DynamoDB(
            region: "eu-west-1",
            credentials: Credentials(
                accessKeyID: key, secretAccessKey: "secret", sessionToken: token),
            endpoint: server.endpoint, options: options
        ).listTables()
    }

    @Test func `keys that are known are taken until their end`() async throws {
        try await ScriptedDynamoDB.run { server in
            try await Self.list(server, as: "ANY")
            let now = SystemClock.now().milliseconds
            server.know(accessKeyID: "LASTING", until: nil)
            server.know(
                accessKeyID: "GOOD", sessionToken: "t",
                until: Timestamp(milliseconds: now + 600_000))
            server.know(accessKeyID: "ENDED", until: Timestamp(milliseconds: now - 1))
            try await Self.list(server, as: "LASTING")
            try await Self.list(server, as: "GOOD", "t")
            let cases: [(String, String?, DynamoDBError.Code)] = [
                ("ANY", nil, .unrecognizedClient), ("GOOD", nil, .unrecognizedClient),
                ("GOOD", "other", .unrecognizedClient), ("ENDED", nil, .expiredToken),
            ]
            for (key, token, code) in cases {
                let error = await #expect(throws: DynamoDBError.self) {
                    try await Self.list(server, as: key, token)
                }
                #expect(error?.code == code)
                #expect(error?.status == 400)
            }
            #expect(server.requests.prefix(3).map(\.accessKeyID) == ["ANY", "LASTING", "GOOD"])
        }
    }
}
