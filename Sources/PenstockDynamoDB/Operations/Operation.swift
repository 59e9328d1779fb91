internal import Penstock

/// What goes into one of DynamoDB's operations.
protocol OperationInput: Sendable {
    associatedtype Output: OperationOutput

    /// The operation's name.
    static var operation: String { get }

    /// What it does to tables, which says when it may be sent again.
    var effect: OperationEffect { get }

    /// The table that it is about, by its name or ARN; of several the first. Nil where it is about
    /// none in particular.
    var resource: String? { get }

    /// Writes the request's fields.
    func write(to fields: inout RequestFields)
}

extension OperationInput {
    var resource: String? { nil }
}

/// What an operation does to tables and items.
enum OperationEffect: Hashable, Sendable {
    /// It changes nothing.
    case none
    /// It changes something, and done twice it is as if it had been done once.
    case idempotent
    /// Done twice it changes more than done once, or answers something else.
    case once

    /// The effect of a write of one item: the caller's word, or what can be told without it.
    static func write(isIdempotent: Bool) -> OperationEffect { isIdempotent ? .idempotent : .once }
}

/// What comes out of one of DynamoDB's operations.
protocol OperationOutput: Sendable {
    /// Reads a reply; nil where it is not what DynamoDB would send.
    init?(reply: Value)
}
