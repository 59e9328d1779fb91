import Penstock
import PenstockDynamoDB

/// What a failed request means to the sink.
enum RequestFailure {
    /// It is sent again later.
    case again(WritePlan.Outcome)
    /// The task ends.
    case fatal(TaskError)

    /// Sorts an error by its code.
    ///
    /// - Parameters:
    ///   - error: What the client threw.
    ///   - hasWorked: Whether a request of this task succeeded before: credentials that were good
    ///     once are renewed, or waited for.
    init(_ error: DynamoDBError, hasWorked: Bool) {
        switch error.kind {
        case .throttled: self = .again(.throttled)
        case .retriable: self = .again(.failed)
        case .data: self = .again(.refused(error))
        case .fatal:
            if error.code == .expiredToken || hasWorked && error.isAboutIdentity {
                self = .again(.failed)
            } else {
                self = .fatal(.fatal(Self.advice(for: error), cause: error))
            }
        }
    }

    private static func advice(for error: DynamoDBError) -> String {
        switch error.code {
        case .accessDenied: "The credentials do not allow writing to DynamoDB"
        case .resourceNotFound: "A table that was there is gone"
        case .unrecognizedClient: "DynamoDB does not know the access key"
        case .invalidSignature: "DynamoDB refuses the signature: a wrong secret or clock"
        case .credentials: "There are no AWS credentials"
        default: "DynamoDB refuses the request"
        }
    }
}

extension DynamoDBError {
    /// Whether other credentials, or another clock, may help.
    fileprivate var isAboutIdentity: Bool {
        code == .credentials || code == .unrecognizedClient || code.isAboutTime
    }
}
