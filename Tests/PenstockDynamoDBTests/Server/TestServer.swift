import Foundation
import PenstockAWS
import PenstockDynamoDB
import Testing

/// The DynamoDB-compatible server that the environment names, and clients of it.
enum TestServer {
    /// The server's address; nil where the tests that need one are skipped.
    static let endpoint = ProcessInfo.processInfo.environment["PENSTOCK_DYNAMODB_ENDPOINT"]
    /// A server that checks signatures; nil where the tests that need one are skipped.
    static let checkingEndpoint =
        ProcessInfo.processInfo.environment["PENSTOCK_DYNAMODB_AUTH_ENDPOINT"]

    static let skipped: Comment = "PENSTOCK_DYNAMODB_ENDPOINT names no server"
    static let checkingSkipped: Comment =
        "PENSTOCK_DYNAMODB_AUTH_ENDPOINT names no server that checks signatures"

    /// A client with an account of its own, so that tests do not meet.
    static func client(options: DynamoDBOptions = .init()) -> DynamoDB {
        let account = String(Int.random(in: 100_000_000_000...999_999_999_999))
        return DynamoDB(
            region: "eu-west-1",
            credentials: Credentials(accessKeyID: account, secretAccessKey: "secret"),
            endpoint: endpoint, options: options, environment: AWSEnvironment(variables: [:]))
    }
}
