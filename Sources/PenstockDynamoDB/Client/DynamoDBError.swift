public import Penstock

/// Why DynamoDB did not do what it was asked for.
///
/// It is told apart by ``code``, never by text. ``description`` is safe for logs; ``message`` is
/// DynamoDB's own and may show parts of the request.
public struct DynamoDBError: Error, Sendable {
    /// What went wrong; an open set.
    public let code: Code
    /// What it means for the work in hand.
    public let kind: ErrorKind
    /// The operation that was asked for, such as `PutItem`.
    public let operation: String
    /// DynamoDB's own words; may show names and values of the request.
    public var message: String?
    /// The name of the request in AWS's logs.
    public var requestID: String?
    /// The status of the HTTP reply; nil where there was none.
    public var status: Int?
    /// Which limits were reached, where it says so.
    public var throttlingReasons: [ThrottlingReason] = []
    /// Why each part of a transaction was refused, in the order of the parts.
    public var cancellationReasons: [CancellationReason] = []
    /// The item that a condition refused, where it was asked for.
    public var item: Item?
    /// Whether the request may have taken effect although it failed; false where it only reads.
    ///
    /// True where the connection broke after the request was sent, where DynamoDB failed inside, and
    /// where the reply cannot be read; also where that happened to an earlier attempt of the same
    /// request. A condition that does not hold may then be that attempt's own doing.
    public internal(set) var isOutcomeUnknown = false
    /// What lies beneath, safe for logs: an HTTP, credential or configuration error.
    public var cause: (any Error)?
    /// How long the service asked to wait.
    var retryAfter: Duration?

    /// One limit that was reached.
    public struct ThrottlingReason: Hashable, Sendable {
        /// The limit, such as `TableWriteKeyRangeThroughputExceeded`.
        public var reason: String
        /// The table or index, by its ARN.
        public var resource: String
    }

    /// The outcome of one part of a transaction.
    public struct CancellationReason: Hashable, Sendable {
        /// `None`, `ConditionalCheckFailed`, `TransactionConflict` and others.
        public var code: String
        /// DynamoDB's own words; may show names and values of the request.
        public var message: String?
    }

    init(_ code: Code, operation: String, status: Int? = nil, kind: ErrorKind? = nil) {
        self.code = code
        self.operation = operation
        self.status = status
        self.kind = kind ?? code.kind(status: status)
    }

    /// A reply of success that says nothing that DynamoDB would say.
    init(malformedReply status: Int, operation: String, isOutcomeUnknown: Bool) {
        self.init(.malformedReply, operation: operation, status: status, kind: .fatal)
        self.isOutcomeUnknown = isOutcomeUnknown
    }
}

extension DynamoDBError: CustomStringConvertible {
    /// Operation, code, status and request id in one sentence; no names and no values.
    public var description: String {
        var text = "\(operation) failed: \(code.rawValue)"
        var details: [String] = []
        if let status { details.append("HTTP \(status)") }
        if let requestID { details.append("request \(requestID)") }
        if !throttlingReasons.isEmpty {
            details.append(throttlingReasons.map(\.reason).joined(separator: ", "))
        }
        if !details.isEmpty { text += " (\(details.joined(separator: ", ")))" }
        if let cause { text += ": \(cause)" }
        if isOutcomeUnknown { text += "; it may have taken effect" }
        return text
    }
}
