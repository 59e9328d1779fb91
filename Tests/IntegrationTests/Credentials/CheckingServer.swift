import Penstock
import PenstockAWS
import PenstockDynamoDB
import PenstockIO
import Testing

extension DynamoDB {
    /// How many items a table has; 0 where there is none.
    func count(of table: String) async throws(DynamoDBError) -> Int {
        do { return try await scan(ScanInput(table: table)).items.count } catch {
            if error.code == .resourceNotFound { return 0 }
            throw error
        }
    }
}

/// The server that checks signatures and permissions: users and roles of it, and its tables.
struct CheckingServer: Sendable {
    let endpoint: String
    /// The root user, whom this server always believes.
    let root = Credentials(accessKeyID: "test", secretAccessKey: "test")

    init() throws { endpoint = try #require(Servers.dynamoDBAuthEndpoint) }

    /// What leads every service of AWS to this server.
    var environment: AWSEnvironment {
        AWSEnvironment(variables: [
            "AWS_ENDPOINT_URL": endpoint, "AWS_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        ])
    }

    /// Makes a user with leave to use tables and roles, and an access key of it.
    func makeUser() async throws -> Credentials {
        let name = "penstock-\(UInt64.random(in: .min ... .max))"
        _ = try await iam("CreateUser", ["UserName": name])
        _ = try await iam(
            "PutUserPolicy",
            ["UserName": name, "PolicyName": "all", "PolicyDocument": Self.leave])
        let reply = try await iam("CreateAccessKey", ["UserName": name])
        return Credentials(
            accessKeyID: try #require(Self.element("AccessKeyId", of: reply)),
            secretAccessKey: try #require(Self.element("SecretAccessKey", of: reply)))
    }

    /// Makes a role that may use tables and that anyone may take on; returns its ARN.
    func makeRole() async throws -> String {
        let name = "penstock-\(UInt64.random(in: .min ... .max))"
        let trust =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"#
            + #""Action":"sts:AssumeRole"}]}"#
        let reply = try await iam(
            "CreateRole", ["RoleName": name, "AssumeRolePolicyDocument": trust])
        _ = try await iam(
            "PutRolePolicy",
            ["RoleName": name, "PolicyName": "all", "PolicyDocument": Self.leave])
        return try #require(Self.element("Arn", of: reply))
    }

    /// How many items a table has; 0 where there is none.
    func count(_ table: String) async throws -> Int {
        let dynamo = DynamoDB(
            region: "us-east-1", credentials: root, endpoint: endpoint, environment: environment)
        return try await dynamo.count(of: table)
    }

    private static let leave =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["dynamodb:*","sts:*"],"#
        + #""Resource":"*"}]}"#

    private func iam(_ action: String, _ parameters: [String: String]) async throws -> String {
        let form = (["Action": action, "Version": "2010-05-08"].merging(parameters) { $1 })
            .map { "\($0.key)=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
        let request = HTTPRequest(
            method: "POST", url: endpoint + "/",
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.utf8))
        let signed = try SigV4(region: "us-east-1", service: "iam")
            .sign(request, with: root, at: SystemClock.now())
        let reply = try await HTTPClient().send(signed, timeout: .seconds(10))
        #expect(reply.status == 200)
        return String(decoding: reply.body, as: UTF8.self)
    }

    private static func element(_ name: String, of xml: String) -> String? {
        guard let start = xml.firstRange(of: "<\(name)>"),
            let end = xml.firstRange(of: "</\(name)>"), start.upperBound <= end.lowerBound
        else { return nil }
        return String(xml[start.upperBound..<end.lowerBound])
    }
}
