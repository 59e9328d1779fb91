public import Penstock

/// A request that the server received.
public struct LoggedRequest: Sendable {
    /// Counts the requests of the server's life, from 1.
    public let number: Int
    /// What was asked for.
    public let operation: DynamoDBOperation
    /// The body; null where it was not JSON.
    public let body: Value
    /// When it had come in whole, from the server's start.
    public let time: Duration
    /// Whether it came with an `authorization` header, which the server does not check.
    public let isSigned: Bool
    /// The access key that it was signed with.
    public let accessKeyID: String?
    /// The second in which it was signed, as its header `x-amz-date` says: `20260131T235959Z`.
    public let signingDate: String?
    /// The status of the reply; nil while there is none, and for good where the script left the
    /// request without one.
    public internal(set) var status: Int?
}
