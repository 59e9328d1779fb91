internal import Penstock
internal import PenstockIO

extension DynamoDBError {
    /// Reads an error reply.
    init(reply: HTTPResponse, operation: String) {
        let json = try? Value(json: reply.body)
        let name =
            reply.headers["x-amzn-errortype"] ?? json?["__type"]?.string ?? json?["code"]?.string
        let code = name.map(Code.init(wireName:)) ?? .unknown
        let reasons =
            json?["CancellationReasons"]?.list { reason in
                CancellationReason(
                    code: reason["Code"]?.string ?? "None", message: reason["Message"]?.string)
            } ?? []
        self.init(
            code, operation: operation, status: reply.status,
            kind: code == .transactionCanceled ? Self.kind(of: reasons) : nil)
        cancellationReasons = reasons
        message = json?["message"]?.string ?? json?["Message"]?.string
        requestID = reply.headers["x-amzn-requestid"] ?? reply.headers["x-amz-request-id"]
        throttlingReasons =
            json?["ThrottlingReasons"]?.list { reason in
                ThrottlingReason(
                    reason: reason["reason"]?.string ?? "",
                    resource: reason["resource"]?.string ?? "")
            } ?? []
        item = json?["Item"].flatMap { Item(json: $0) }
        retryAfter = reply.headers["x-amz-retry-after"].flatMap { Int64($0) }
            .map { .milliseconds($0) }
        // Whoever asks for less, and whoever names a conflict, has not done anything.
        isOutcomeUnknown = code.isTimeout || reply.status >= 500 && kind != .throttled
    }

    /// A transaction may be tried again where nothing but load or others were in its way.
    private static func kind(of reasons: [CancellationReason]) -> ErrorKind {
        let codes = Set(reasons.map(\.code)).subtracting(["None"])
        let throttling: Set = ["ThrottlingError", "ProvisionedThroughputExceeded"]
        if codes.isEmpty || !codes.isSubset(of: throttling.union(["TransactionConflict"])) {
            return .data
        }
        return codes.isDisjoint(with: throttling) ? .retriable : .throttled
    }

    /// An error of a lower layer.
    init(_ code: Code, operation: String, cause: any Error, kind: ErrorKind? = nil) {
        self.init(code, operation: operation, kind: kind)
        self.cause = cause
    }
}

extension DynamoDBError.Code {
    /// Takes an error's name as it comes: `namespace#Name:address`.
    init(wireName: String) {
        let bare = wireName.prefix { $0 != ":" }
        self.init(rawValue: String(bare.split(separator: "#").last ?? bare))
    }
}
