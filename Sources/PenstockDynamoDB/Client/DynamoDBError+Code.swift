internal import Penstock
internal import PenstockAWS

extension DynamoDBError {
    /// The name of an error: DynamoDB's own, or one of the client's that begins in lower case.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The name.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        private init(_ name: String) { rawValue = name }

        /// A condition of the request did not hold.
        public static let conditionalCheckFailed = Code("ConditionalCheckFailedException")
        /// The table or index does not exist, or is still being made.
        public static let resourceNotFound = Code("ResourceNotFoundException")
        /// The table exists already, or is being changed.
        public static let resourceInUse = Code("ResourceInUseException")
        /// The request breaks a rule.
        public static let validation = Code("ValidationException")
        /// The credentials do not allow the operation.
        public static let accessDenied = Code("AccessDeniedException")
        /// The access key is not known.
        public static let unrecognizedClient = Code("UnrecognizedClientException")
        /// The session token has ended.
        public static let expiredToken = Code("ExpiredTokenException")
        /// The signature is wrong: the secret, or the clock.
        public static let invalidSignature = Code("InvalidSignatureException")
        /// The table's or the partition's throughput is used up.
        public static let throughputExceeded = Code("ProvisionedThroughputExceededException")
        /// Too many requests.
        public static let throttling = Code("ThrottlingException")
        /// The account's throughput is used up.
        public static let requestLimitExceeded = Code("RequestLimitExceeded")
        /// Too many control operations at once.
        public static let limitExceeded = Code("LimitExceededException")
        /// A failure inside DynamoDB; a write may have been applied.
        public static let internalServerError = Code("InternalServerError")
        /// A part of the transaction was refused; see the cancellation reasons.
        public static let transactionCanceled = Code("TransactionCanceledException")
        /// Another transaction holds the item.
        public static let transactionConflict = Code("TransactionConflictException")
        /// The items of one hash key take more than 10 GB in a table with local indexes.
        public static let itemCollectionTooLarge = Code("ItemCollectionSizeLimitExceededException")

        /// No answer: not connected, timed out or cut off; a write may have been applied.
        public static let connection = Code("connection")
        /// The checksum of the reply's body is wrong; a write may have been applied.
        public static let checksumMismatch = Code("checksumMismatch")
        /// The reply is not what DynamoDB would send.
        public static let malformedReply = Code("malformedReply")
        /// There are no credentials.
        public static let credentials = Code("credentials")
        /// Region or endpoint are missing or wrong, or the request cannot be signed.
        public static let configuration = Code("configuration")
        /// The task was cancelled; a write may have been applied.
        public static let cancelled = Code("cancelled")
        /// An item and the Swift type do not fit each other.
        public static let coding = Code("coding")
        /// An error reply without a name.
        public static let unknown = Code("unknown")
    }
}

extension DynamoDBError.Code {
    private static let throttlingNames: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
        "TooManyRequestsException", "ProvisionedThroughputExceededException",
        "TransactionInProgressException", "RequestLimitExceeded", "BandwidthLimitExceeded",
        "LimitExceededException", "RequestThrottled", "SlowDown", "PriorRequestNotComplete",
        "EC2ThrottledException",
    ]

    private static let retriableNames: Set<String> = [
        "RequestTimeout", "RequestTimeoutException", "InternalServerError", "InternalFailure",
        "ServiceUnavailable", "ServiceUnavailableException", "ReplicatedWriteConflictException",
        "TransactionConflictException", "connection", "checksumMismatch", "cancelled",
    ]

    private static let dataNames: Set<String> = [
        "ValidationException", "ConditionalCheckFailedException", "TransactionCanceledException",
        "ItemCollectionSizeLimitExceededException", "DuplicateItemException", "coding",
    ]

    /// What the error means, by its name first and by the reply's status where the name says nothing.
    func kind(status: Int?) -> ErrorKind {
        if Self.throttlingNames.contains(rawValue) { return .throttled }
        if Self.retriableNames.contains(rawValue) { return .retriable }
        if Self.dataNames.contains(rawValue) { return .data }
        return switch status {
        case 429?: .throttled
        // A proxy on the way may have numbers of its own.
        case (500...599)?: .retriable
        default: .fatal
        }
    }

    /// Whether the request did not come in whole in time, as far as the service saw.
    var isTimeout: Bool { rawValue == "RequestTimeout" || rawValue == "RequestTimeoutException" }

    /// Whether the credentials were refused, so that fresh ones may help.
    var isAboutCredentials: Bool { self == .unrecognizedClient || self == .expiredToken }

    /// Whether the signature was refused for what may be a wrong clock.
    package var isAboutTime: Bool { ServiceClock.mayCause(rawValue) }
}
