import Foundation
import Penstock
import PenstockIO
import Testing

@testable import PenstockDynamoDB

@Suite("Errors of DynamoDB")
struct DynamoDBErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var response: HTTPResponse
        var code: String
        var testDescription: String { name }
    }

    static func protocolCases() throws -> [Case] {
        struct Group: Decodable {
            struct Entry: Decodable {
                struct Response: Decodable {
                    var status_code: Int
                    var headers: [String: String]?
                    var body: String?
                }
                var id: String
                var response: Response
                var errorCode: String?
            }
            var cases: [Entry]
        }
        let root = try #require(Bundle.module.resourceURL)
        let file = root.appending(path: "Cases/protocol/json_1_0-output.json")
        return try JSONDecoder().decode([Group].self, from: Data(contentsOf: file))
            .flatMap(\.cases).compactMap { entry in
                entry.errorCode.map { code in
                    let headers = entry.response.headers ?? [:]
                    return Case(
                        name: entry.id,
                        response: HTTPResponse(
                            status: entry.response.status_code,
                            headers: headers.map { HTTPHeader($0, $1) },
                            body: Array((entry.response.body ?? "").utf8)), code: code)
                }
            }
    }

    @Test("names in all their spellings, AWS's own cases", arguments: try protocolCases())
    func names(testCase: Case) {
        let error = DynamoDBError(reply: testCase.response, operation: "PutItem")
        #expect(error.code.rawValue == testCase.code)
        #expect(error.status == testCase.response.status)
    }

    @Test("there are 12 such cases")
    func count() throws { #expect(try Self.protocolCases().count == 12) }

    @Test(
        "what an error means goes by its name, then by the status",
        arguments: [
            ("ProvisionedThroughputExceededException", 400, ErrorKind.throttled),
            ("ThrottlingException", 400, .throttled), ("RequestLimitExceeded", 400, .throttled),
            ("LimitExceededException", 400, .throttled),
            ("InternalServerError", 500, .retriable), ("ServiceUnavailable", 503, .retriable),
            ("ReplicatedWriteConflictException", 409, .retriable),
            ("TransactionConflictException", 400, .retriable),
            ("ValidationException", 400, .data), ("ConditionalCheckFailedException", 400, .data),
            ("ItemCollectionSizeLimitExceededException", 400, .data),
            ("ResourceNotFoundException", 400, .fatal), ("AccessDeniedException", 400, .fatal),
            ("SerializationException", 400, .fatal), ("UnrecognizedClientException", 400, .fatal),
            ("SomethingNew", 400, .fatal), ("SomethingNew", 500, .retriable),
            ("SomethingNew", 504, .retriable), ("SomethingNew", 429, .throttled),
            ("SomethingNew", 501, .retriable), ("SomethingNew", 520, .retriable),
            ("SomethingNew", 600, .fatal),
        ])
    func kinds(name: String, status: Int, kind: ErrorKind) {
        let body = #"{"__type":"com.amazonaws.dynamodb.v20120810#\#(name)","message":"hush"}"#
        let error = DynamoDBError(
            reply: HTTPResponse(status: status, body: Array(body.utf8)), operation: "PutItem")
        #expect(error.code.rawValue == name)
        #expect(error.kind == kind)
        #expect(error.message == "hush")
        #expect(!"\(error)".contains("hush"))
    }

    @Test(
        "a transaction can be tried again where only load or others were in its way",
        arguments: [
            (["None", "TransactionConflict"], ErrorKind.retriable),
            (["ThrottlingError", "TransactionConflict"], .throttled),
            (["ProvisionedThroughputExceeded"], .throttled),
            (["ConditionalCheckFailed", "None"], .data),
            (["ThrottlingError", "ValidationError"], .data), (["None"], .data), ([], .data),
        ])
    func transactions(codes: [String], kind: ErrorKind) {
        let reasons = codes.map { #"{"Code":"\#($0)","Message":null}"# }.joined(separator: ",")
        let body =
            #"{"__type":"a#TransactionCanceledException","CancellationReasons":[\#(reasons)]}"#
        let error = DynamoDBError(
            reply: HTTPResponse(status: 400, body: Array(body.utf8)),
            operation: "TransactWriteItems")
        #expect(error.kind == kind)
        #expect(error.cancellationReasons.map(\.code) == codes)
    }

    @Test("everything else that a reply says is kept")
    func details() {
        let body = #"""
            {"__type":"x#ProvisionedThroughputExceededException","Message":"m","ThrottlingReasons":
            [{"reason":"TableWriteKeyRangeThroughputExceeded","resource":"arn:x"}],
            "Item":{"pk":{"S":"a"}}}
            """#
        let error = DynamoDBError(
            reply: HTTPResponse(
                status: 400,
                headers: [
                    HTTPHeader("x-amzn-RequestId", "REQ"), HTTPHeader("x-amz-retry-after", "1500"),
                ], body: Array(body.utf8)), operation: "PutItem")
        #expect(error.requestID == "REQ")
        #expect(error.retryAfter == .milliseconds(1500))
        #expect(
            error.throttlingReasons
                == [.init(reason: "TableWriteKeyRangeThroughputExceeded", resource: "arn:x")])
        #expect(error.item == ["pk": "a"])
        #expect("\(error)".contains("REQ"))
        #expect("\(error)".contains("TableWriteKeyRangeThroughputExceeded"))
    }

    @Test("replies that are no JSON are errors all the same", arguments: ["", "<html>", "{", "[]"])
    func unreadable(body: String) {
        let error = DynamoDBError(
            reply: HTTPResponse(status: 503, body: Array(body.utf8)), operation: "PutItem")
        #expect(error.code == .unknown)
        #expect(error.kind == .retriable)
    }
}
