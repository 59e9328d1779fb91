import Penstock
import PenstockAWS
import PenstockIO
import Testing

@Suite("Signing many requests")
struct RequestSignerTests {
    @Test("gives what the pure function gives, across seconds, days and credentials")
    func sameAsPure() throws {
        let template = HTTPRequest(
            method: "POST", url: "https://dynamodb.eu-west-1.amazonaws.com/",
            headers: [
                HTTPHeader("Content-Type", "application/x-amz-json-1.0"),
                HTTPHeader("X-Amz-Target", "DynamoDB_20120810.BatchWriteItem"),
            ])
        let signer = SigV4(region: "eu-west-1", service: "dynamodb")
        var many = try RequestSigner(template, with: signer)
        let lasting = Credentials(accessKeyID: "AKID", secretAccessKey: "secret")
        let temporary = Credentials(
            accessKeyID: "ASIA", secretAccessKey: "other", sessionToken: "token")
        let longSecret = Credentials(
            accessKeyID: "AKID", secretAccessKey: String(repeating: "s", count: 100))
        for (index, credentials) in [
            lasting, lasting, temporary, temporary, lasting, longSecret,
        ].enumerated() {
            for milliseconds in [0, 1, 1000, 86_399_999, 86_400_000, 1_440_938_160_000] {
                let now = Timestamp(milliseconds: Int64(milliseconds + index))
                var request = template
                request.body = Array(repeating: UInt8(index), count: index * 1000)
                let expected = try signer.sign(request, with: credentials, at: now)
                let signature = try many.sign(
                    request.body.span.bytes, with: credentials, at: now)
                #expect(signature.authorization == expected.headers["Authorization"])
                #expect(signature.date == expected.headers["X-Amz-Date"])
                #expect(signature.sessionToken == expected.headers["X-Amz-Security-Token"])
            }
        }
    }
}
