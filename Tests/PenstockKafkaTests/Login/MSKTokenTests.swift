import Foundation
import Penstock
import PenstockAWS
import Testing

@testable import PenstockKafka

@Suite struct `Tokens for Amazon MSK` {
    struct Case: Decodable, CustomTestStringConvertible {
        var name: String
        var accessKeyID: String
        var secretAccessKey: String
        var sessionToken: String?
        var region: String
        var time: Int64
        var userAgent: String
        var expiration: Int64
        var token: String
        var testDescription: String { name }
    }

    static let cases: [Case] = {
        let url = Bundle.module.url(forResource: "Cases/msk/tokens", withExtension: "json")
        let data = url.flatMap { try? Data(contentsOf: $0) } ?? Data()
        return (try? JSONDecoder().decode([Case].self, from: data)) ?? []
    }()

    @Test func `all cases are there`() { #expect(Self.cases.count == 4) }

    @Test(arguments: Self.cases)
    func `are those of Amazon's own signer, byte for byte`(_ given: Case) async throws {
        let provider = MSKTokens(
            region: given.region,
            credentials: Credentials(
                accessKeyID: given.accessKeyID, secretAccessKey: given.secretAccessKey,
                sessionToken: given.sessionToken), userAgent: given.userAgent,
            now: { Timestamp(milliseconds: given.time) })
        let token = try await provider.token()
        #expect(token.value == given.token)
        #expect(token.expiration.milliseconds == given.expiration)
    }

    @Test func `end with the credentials where these end first`() async throws {
        let now: Int64 = 1_795_262_400_123
        let provider = MSKTokens(
            region: "us-east-1",
            credentials: Credentials(
                accessKeyID: "A", secretAccessKey: "s",
                expiration: Timestamp(milliseconds: now + 60_000)),
            now: { Timestamp(milliseconds: now) })
        #expect(try await provider.token().expiration.milliseconds == now + 60_000)
    }

    struct Nobody: CredentialProvider {
        let error: CredentialError
        func credentials() async throws(CredentialError) -> Credentials { throw error }
    }

    @Test(arguments: [
        (CredentialError(.unavailable, "away"), TokenError.Code.unavailable),
        (CredentialError(.notConfigured, "none"), .configuration),
    ])
    func `wait for credentials that may come`(
        error: CredentialError, code: TokenError.Code
    ) async throws {
        let provider = MSKTokens(region: "us-east-1", credentials: Nobody(error: error))
        let thrown = await #expect(throws: TokenError.self) { try await provider.token() }
        #expect(thrown?.code == code)
    }

    @Test(arguments: [
        ("b-1.orders.abc123.c2.kafka.eu-west-1.amazonaws.com:9098", "eu-west-1"),
        ("boot-x1.c1.kafka-serverless.us-east-2.amazonaws.com:9098", "us-east-2"),
        ("localhost:9092, b-1.o.a.c2.kafka.ap-southeast-2.amazonaws.com:9198", "ap-southeast-2"),
        ("b-1.x.y.c3.kafka.cn-north-1.amazonaws.com.cn:9098", "cn-north-1"),
        ("B-1.X.Y.C3.KAFKA.US-GOV-WEST-1.AMAZONAWS.COM:9098", "us-gov-west-1"),
        ("kafka.example.com:9092", nil), ("localhost:9092", nil), ("", nil),
        ("kafka.eu-west-1.example.com:9092", nil), ("b-1.kafka.amazonaws.com", nil),
    ])
    func `are for the region that the brokers' names show`(brokers: String, region: String?) {
        #expect(MSKTokens.region(ofBrokers: brokers) == region)
    }

    @Test func `show nothing of themselves`() async throws {
        let token = OAuthToken(
            value: "canary-7", principal: "p", issued: Timestamp(milliseconds: 0),
            expiration: Timestamp(milliseconds: 1))
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!"\(token) \(String(reflecting: token)) \(dumped)".contains("canary"))
    }
}
