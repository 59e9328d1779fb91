import Penstock
import PenstockAWS
import PenstockIO
import Testing

/// A user of the server that checks signatures, with leave to use its tables.
enum TestUser {
    /// Makes a user and its access key by the server's own IAM.
    static func make(at endpoint: String) async throws -> Credentials {
        let name = "penstock-\(UInt64.random(in: .min ... .max))"
        _ = try await iam(endpoint, "CreateUser", "UserName=\(name)")
        let policy =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:*","Resource":"*"}]}"#
        let encoded = policy.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            .joined()
        _ = try await iam(
            endpoint, "PutUserPolicy",
            "UserName=\(name)&PolicyName=tables&PolicyDocument=\(encoded)")
        let reply = try await iam(endpoint, "CreateAccessKey", "UserName=\(name)")
        return Credentials(
            accessKeyID: try #require(element("AccessKeyId", of: reply)),
            secretAccessKey: try #require(element("SecretAccessKey", of: reply)))
    }

    /// Asks IAM as the root user, whose key is `test`.
    private static func iam(
        _ endpoint: String, _ action: String, _ parameters: String
    ) async throws -> String {
        let body = "Action=\(action)&Version=2010-05-08&\(parameters)"
        let request = HTTPRequest(
            method: "POST", url: endpoint + "/",
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(body.utf8))
        let signed = try SigV4(region: "us-east-1", service: "iam").sign(
            request, with: Credentials(accessKeyID: "test", secretAccessKey: "test"),
            at: SystemClock.now())
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
