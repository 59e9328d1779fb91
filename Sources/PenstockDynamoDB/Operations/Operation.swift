internal import Penstock

/// What goes into one of DynamoDB's operations.
protocol OperationInput: Sendable {
    associatedtype Output: OperationOutput

    /// The operation's name.
    static var operation: String { get }

    /// Writes the request's fields.
    func write(to fields: inout RequestFields)
}

/// What comes out of one of DynamoDB's operations.
protocol OperationOutput: Sendable {
    /// Reads a reply; nil where it is not what DynamoDB would send.
    init?(reply: Value)
}
