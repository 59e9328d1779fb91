internal import Penstock
internal import PenstockAWS
internal import PenstockIO

extension DynamoDB {
    static let contentType = "application/x-amz-json-1.0"
    static let targetPrefix = "DynamoDB_20120810."

    /// The request of one attempt, signed.
    func signed(
        _ call: PendingCall, number: Int, _ target: AWSEndpoint, _ credentials: Credentials,
        _ now: Timestamp
    ) throws(DynamoDBError) -> HTTPRequest {
        let request = HTTPRequest(
            method: "POST", url: target.url + "/",
            headers: [
                HTTPHeader("Content-Type", Self.contentType),
                HTTPHeader("X-Amz-Target", Self.targetPrefix + call.operation),
                // The checksum is of the bytes on the wire.
                HTTPHeader("Accept-Encoding", "identity"),
                HTTPHeader("amz-sdk-invocation-id", call.invocation),
                HTTPHeader("amz-sdk-request", "attempt=\(number); max=\(call.retry.attempts)"),
            ], body: call.body)
        do {
            return try SigV4(
                region: target.signingRegion, service: AWSService.dynamoDB.signingName
            ).sign(request, with: credentials, at: now)
        } catch {
            throw DynamoDBError(.configuration, operation: call.operation, cause: error)
        }
    }

    /// What is wrong with a reply; nil where it is a whole reply of success.
    static func fault(in reply: HTTPResponse, operation: String) -> DynamoDBError? {
        if let error = checksumFault(
            reply.body, header: reply.headers["x-amz-crc32"], status: reply.status, operation)
        {
            return error
        }
        guard reply.status != 200 else { return nil }
        return DynamoDBError(reply: reply, operation: operation)
    }

    /// Compares the checksum of a body with the one that came with it, where one did.
    static func checksumFault(
        _ body: [UInt8], header: String?, status: Int, _ operation: String
    ) -> DynamoDBError? {
        guard let header else { return nil }
        let checksum = body.withUnsafeBytes { CRC32.checksum($0) }
        guard UInt32(header) != checksum else { return nil }
        var error = DynamoDBError(.checksumMismatch, operation: operation, status: status)
        error.isOutcomeUnknown = true
        return error
    }
}

extension DynamoDBError {
    /// What a request without an answer means.
    init(http error: HTTPError, operation: String) {
        switch error.code {
        case .cancelled: self.init(.cancelled, operation: operation)
        default:
            self.init(.connection, operation: operation, cause: error, kind: error.kind)
        }
        isOutcomeUnknown = error.mayHaveBeenSent
    }
}
