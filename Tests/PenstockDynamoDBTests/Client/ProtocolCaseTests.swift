import Foundation
import Penstock
import PenstockAWS
import PenstockIO
import Testing

@testable import PenstockDynamoDB

/// AWS's own cases for the protocol that DynamoDB speaks, those about errors apart.
@Suite struct `Published cases of the protocol` {
    private static func cases(_ file: String) throws -> [String: Value] {
        let root = try #require(Bundle.module.resourceURL)
        let data = try Data(contentsOf: root.appending(path: "Cases/protocol/\(file)"))
        let groups = try Value(json: Array(data), maximumDepth: 32)
        var cases: [String: Value] = [:]
        for group in groups.elements {
            for entry in try #require(group["cases"]).elements {
                cases[try #require(entry["id"]?.string)] = entry
            }
        }
        return cases
    }

    // MARK: Requests

    private static let emptyRequests = [
        "AwsJson10EmptyInputAndEmptyOutput", "AwsJson10MustAlwaysSendEmptyJsonPayload",
        "AwsJson10NoInputAndOutput",
    ]
    private static let serializedRequests = [
        "String", "Boolean", "Number", "Blob", "Timestamp", "Enum", "IntEnum", "List", "Map",
        "Structure",
    ].map { "AwsJson10Serialize\($0)UnionValue" }
    private static let pathRequest = "AwsJson10HostWithPath"
    private static let otherRequests = [
        "AwsJson10EndpointTrait": "no operation puts anything before the host",
        "AwsJson10EndpointTraitWithHostLabel": "no operation puts anything before the host",
        "SDKAppliedContentEncoding_awsJson1_0": "DynamoDB takes no compressed request",
        "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0":
            "DynamoDB takes no compressed request",
        "AwsJson10SupportsNaNFloatInputs": "no field of a request is a float",
        "AwsJson10SupportsInfinityFloatInputs": "no field of a request is a float",
        "AwsJson10SupportsNegativeInfinityFloatInputs": "no field of a request is a float",
    ]

    /// A request that writes what a case gives, as the operations write theirs.
    private struct Input: OperationInput {
        typealias Output = EmptyOutput
        static let operation = "Anything"
        var effect: OperationEffect { .none }
        let parameters: Value

        func write(to fields: inout RequestFields) { Self.write(parameters, to: &fields) }

        static func write(_ value: Value, to fields: inout RequestFields) {
            for (name, value) in value.pairs {
                let name = name.string ?? ""
                switch value.kind {
                case .map: fields.object(name) { write(value, to: &$0) }
                case .array:
                    fields.list(name, value.elements.compactMap(\.string)) { $0.value($1) }
                case .boolean: fields.boolean(name, value.boolean)
                case .string where name == "blobValue":
                    fields.name(name)
                    fields.value(Data((value.string ?? "").utf8).base64EncodedString())
                case .string: fields.string(name, value.string)
                default: fields.integer(name, value.integer.map(Int.init))
                }
            }
        }
    }

    /// What the client would send for a case.
    private func request(_ entry: Value, endpoint: String? = nil) throws -> HTTPRequest {
        let environment = AWSEnvironment(variables: [:])
        let dynamo = DynamoDB(region: "eu-west-1", environment: environment)
        let connection = try Connection(
            AWSSettings(environment), region: "eu-west-1", endpoint: endpoint, http: nil)
        let call = PendingCall(
            Input(parameters: try #require(entry["params"])), RetryOptions())
        return try dynamo.signed(
            call, number: 1, connection.target(account: nil),
            Credentials(accessKeyID: "A", secretAccessKey: "s"), Timestamp(milliseconds: 0))
    }

    @Test(arguments: emptyRequests + serializedRequests)
    func requests(name: String) throws {
        let entry = try #require(Self.cases("json_1_0-input.json")[name])
        let expected = try #require(entry["serialized"])
        let request = try request(entry)
        #expect(request.method == expected["method"]?.string)
        #expect(request.headers["Content-Type"] == expected["headers"]?["Content-Type"]?.string)
        // A service's prefix, a dot, the operation.
        let target = try #require(expected["headers"]?["X-Amz-Target"]?.string)
        let operation = try #require(entry["given"]?["name"]?.string)
        #expect(target.hasSuffix(".\(operation)"))
        #expect(request.headers["X-Amz-Target"] == "DynamoDB_20120810.Anything")
        let body = try #require(expected["body"]?.string)
        if Self.emptyRequests.contains(name) {
            #expect(String(decoding: request.body, as: UTF8.self) == body)
        } else {
            let sent = try Value(json: request.body, maximumDepth: 32)
            #expect(sent == (try Value(json: Array(body.utf8), maximumDepth: 32)))
            #expect(sent.count == 1)
        }
    }

    @Test func `an endpoint may have a path`() throws {
        let entry = try #require(Self.cases("json_1_0-input.json")[Self.pathRequest])
        let request = try request(entry, endpoint: "https://example.com/custom")
        let path = try #require(entry["serialized"]?["uri"]?.string)
        #expect(request.url == "https://example.com\(path)")
    }

    // MARK: Replies

    private static let emptyReplies = [
        "AwsJson10EmptyInputAndEmptyOutputSendJsonObject", "AwsJson10HandlesEmptyOutputShape",
        "AwsJson10HandlesUnexpectedJsonOutput", "AwsJson10NoInputAndOutput",
    ]
    private static let readReplies =
        [
            "StringUnionValue", "BooleanUnionValue", "NumberUnionValue", "BlobUnionValue",
            "TimestampUnionValue", "EnumUnionValue", "IntEnumUnionValue", "ListUnionValue",
            "MapUnionValue", "StructureUnionValue", "IgnoreType", "AllowNulls",
        ].map { "AwsJson10Deserialize\($0)" }
    private static let otherReplies = [
        "AwsJson10ServiceRespondsWithNoPayload":
            "DynamoDB always answers with an object; without one a reply was cut off",
        "AwsJson10SupportsNaNFloatInputs": "no field that is read is a float",
        "AwsJson10SupportsInfinityFloatInputs": "no field that is read is a float",
        "AwsJson10SupportsNegativeInfinityFloatInputs": "no field that is read is a float",
    ]

    @Test(arguments: emptyReplies + readReplies)
    func replies(name: String) throws {
        let entry = try #require(Self.cases("json_1_0-output.json")[name])
        let response = try #require(entry["response"])
        let body = Array(try #require(response["body"]?.string).utf8)
        let status = try #require(response["status_code"]?.integer)
        let reply = HTTPResponse(status: Int(status), body: body)
        #expect(DynamoDB.fault(in: reply, operation: "Anything") == nil)
        let json = try Value(json: body, maximumDepth: DynamoDB.replyDepth)
        #expect(EmptyOutput(reply: json) != nil)
        let expected = try #require(entry["result"])
        #expect(expected.count == (Self.emptyReplies.contains(name) ? 0 : 1))
        for (field, value) in expected["contents"]?.pairs.map({ $0 }) ?? [] {
            let name = try #require(field.string)
            let read = try #require(json["contents"]?[name])
            if name == "blobValue" {
                let bytes = Data(base64Encoded: try #require(read.string))
                #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == value.string)
            } else {
                #expect(read == value)
            }
        }
    }

    // MARK: The count

    @Test func `each is run, or named with the reason why not`() throws {
        let requests = try Self.cases("json_1_0-input.json").keys.sorted()
        #expect(requests.count == 21)
        let knownRequests =
            Self.emptyRequests + Self.serializedRequests + [Self.pathRequest]
            + Self.otherRequests.keys
        #expect(knownRequests.sorted() == requests)

        let replies = try Self.cases("json_1_0-output.json")
        #expect(replies.count == 32)
        let errors = replies.filter { $0.value["errorCode"] != nil }.keys
        #expect(errors.count == 12)
        let knownReplies =
            Self.emptyReplies + Self.readReplies + Self.otherReplies.keys + errors
        #expect(knownReplies.sorted() == replies.keys.sorted())
    }
}
